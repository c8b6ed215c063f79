/** The app of the benchmark, at a Meta that is not real either. */
export const APP = { appId: '100000000000001', appSecret: 'benchmark-app-secret-which-is-fake' } as const;

/** A token says itself when it was issued and when it ends, so that a simulated Meta need not remember any. */
export interface TokenFacts {
  /** Which shop it belongs to, from 1. */
  readonly shop: number;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

const PADDING = 'benchmarkpadding'.repeat(9);
const SHAPE = /^EAATest(\d+)x(\d+)x(\d+)x/;

/** A fake token, about as long as a real one. */
export function makeToken({ shop, issuedAt, expiresAt }: TokenFacts): string {
  return `EAATest${shop}x${issuedAt}x${expiresAt}x${PADDING}${(shop * 7_919 + expiresAt) % 1_000_003}`;
}

/** What a fake token says. Throws for any other text. */
export function readToken(token: string): TokenFacts {
  const [, shop, issuedAt, expiresAt] = SHAPE.exec(token) ?? [];
  if (shop === undefined) throw new Error('not a token of the benchmark');
  return { shop: Number(shop), issuedAt: Number(issuedAt), expiresAt: Number(expiresAt) };
}

/** The ids of a shop's number and account. */
export const numberId = (shop: number): string => String(400_000_000_000_000 + shop);
export const accountId = (shop: number): string => String(300_000_000_000_000 + shop);

/** The life that an exchange gives, seconds. */
export const SIXTY_DAYS = 60 * 24 * 3_600;

/** What all tokens of the benchmark may do. */
export const SCOPES: readonly string[] = ['whatsapp_business_messaging', 'whatsapp_business_management', 'business_management'];
