/** Which dialog is open. */
export type OpenDialog =
  | { readonly kind: 'set-up' }
  | { readonly kind: 'replace'; readonly connection: string; /** Which half the owner came for. */ readonly about: 'token' | 'app' }
  | { readonly kind: 'remove'; readonly connection: string };
