import type { WindowView } from '../../src-main/contract/window-view.ts';

/** Which dialog is open. */
export type OpenDialog =
  | { readonly kind: 'set-up' }
  | { readonly kind: 'replace'; readonly connection: string; /** Which half the owner came for. */ readonly about: 'token' | 'app' }
  | { readonly kind: 'remove'; readonly connection: string }
  | BotDialog;

/** Those about how a bot gets the token; they are loaded with that part of the window. */
export type BotDialog =
  | { readonly kind: 'gateway-off' }
  | { readonly kind: 'make-key' }
  | { readonly kind: 'revoke-key'; readonly key: string }
  | { readonly kind: 'add-file'; readonly connection: string }
  | { readonly kind: 'set-command'; readonly connection: string }
  | { readonly kind: 'overwrite'; readonly delivery: string }
  | { readonly kind: 'remove-delivery'; readonly delivery: string };

/** Whether what the dialog is about is still there; it may be removed elsewhere. */
export function hasSubject(dialog: OpenDialog, { status, gateway, deliveries }: WindowView): boolean {
  if ('connection' in dialog) return status.connections.some(({ id }) => id === dialog.connection);
  if ('key' in dialog) return gateway.keys.some(({ id }) => id === dialog.key);
  if ('delivery' in dialog) return deliveries.some(({ id }) => id === dialog.delivery);
  return true;
}
