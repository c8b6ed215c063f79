import type { GraphCall } from './call.ts';
import type { PracticeToken } from './records.ts';
import type { PracticeWorld } from './world.ts';

/** The tokens that a call is about; null where a string is no token of this world. */
export interface Subjects {
  /** Signs the call. */
  readonly token: PracticeToken | null;
  /** Is inspected, exchanged or revoked. */
  readonly subject: PracticeToken | null;
  /** The string that should be the subject. A secret. */
  readonly subjectValue: string | null;
}

/** Finds the tokens a call is about. */
export function lookAt({ accessToken, params }: GraphCall, { tokens }: PracticeWorld): Subjects {
  const subjectValue = params.get('input_token') ?? params.get('fb_exchange_token') ?? params.get('revoke_token') ?? null;
  return {
    token: accessToken === null ? null : tokens.find(accessToken),
    subject: subjectValue === null ? null : tokens.find(subjectValue),
    subjectValue,
  };
}
