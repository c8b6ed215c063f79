import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { SessionMember } from '../faces.ts';
import { hostApp } from '../system/app.ts';
import { HostProtocol } from './protocol.ts';
import { HostWebRequest } from './web-request.ts';

/**
 * `session`. All sessions of a process share one Chromium profile, so what a page stores is not kept apart; handlers are. Chromium
 * itself refuses every permission; what the app's handlers say can be asked of the recorder.
 */
export class HostSession extends EventEmitter implements Pick<Electron.Session, SessionMember> {
  readonly protocol = new HostProtocol();
  readonly webRequest = new HostWebRequest();
  readonly storagePath: string | null;
  readonly #persistent: boolean;
  #spellChecker = true;

  constructor(partition: string) {
    super();
    this.#persistent = partition === '' || partition.startsWith('persist:');
    this.storagePath = this.#persistent ? join(hostApp.getPath('userData'), 'Chromium-host') : null;
  }

  isPersistent(): boolean {
    return this.#persistent;
  }

  /** Kept and not applied: no request of a page leaves the stand-in anyway. */
  setProxy(_config: Electron.ProxyConfig): Promise<void> {
    return Promise.resolve();
  }

  setSpellCheckerEnabled(enable: boolean): void {
    this.#spellChecker = enable;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#spellChecker;
  }

  getUserAgent(): string {
    return `${hostApp.getName()}/${hostApp.getVersion()}`;
  }

  clearStorageData(): Promise<void> {
    return Promise.resolve();
  }

  clearCache(): Promise<void> {
    return Promise.resolve();
  }

  // The recorder takes the handlers from here.
  setPermissionRequestHandler(_handler: unknown): void {}
  setPermissionCheckHandler(_handler: unknown): void {}
  setDevicePermissionHandler(_handler: unknown): void {}
  setDisplayMediaRequestHandler(_handler: unknown): void {}
}

const sessions = new Map<string, HostSession>();

/** `session`'s functions. */
export const hostSession = {
  fromPartition: (partition: string, _options?: Electron.FromPartitionOptions): HostSession => {
    if (!hostApp.isReady()) throw new Error('Session can only be received when app is ready');
    const known = sessions.get(partition);
    if (known !== undefined) return known;
    const made = new HostSession(partition);
    sessions.set(partition, made);
    hostApp.emit('session-created', made);
    return made;
  },
  get defaultSession(): HostSession {
    return hostSession.fromPartition('');
  },
};
