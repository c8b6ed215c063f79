import { protocol } from 'electron';
import { SCHEME } from './app-identity.ts';

/** Makes `app://` a scheme with an origin of its own, as strict as https. Before the app is ready, or Electron throws. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}
