/** What Meta said against the token. */
export interface AuthFault {
  readonly code: number;
  readonly message: string;
}

/** Meta's codes for a token that it does not take: 190, 102, and the Cloud API's 0. */
const AUTH_CODES: ReadonlySet<number> = new Set([190, 102, 0]);

/** The authentication error in an answer; null for every other answer. Only a definite one counts: a 5xx or an odd body says nothing about a token. */
export function readAuthFault(status: number, body: Buffer): AuthFault | null {
  if (status < 400 || status > 499) return null;
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  const error = field(answer, 'error');
  const code = codeOf(field(error, 'code'));
  if (code === null || !AUTH_CODES.has(code)) return null;
  const message = field(error, 'message');
  return { code, message: typeof message === 'string' ? message : '' };
}

/** The code may come as a string. */
function codeOf(code: unknown): number | null {
  if (typeof code === 'number') return code;
  return typeof code === 'string' && /^\d{1,9}$/.test(code) ? Number(code) : null;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;
}
