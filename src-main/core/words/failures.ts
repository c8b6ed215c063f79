import type { ProofFailure } from '../renewal/record.ts';

const FAILURES: Record<ProofFailure, string> = {
  invalid: 'Meta does not accept it.',
  'other-app': 'It belongs to another app.',
  'other-user': 'It belongs to another user.',
  'messaging-scope-missing': 'It lacks the permission to send messages.',
  'access-lost': 'It does not reach the phone number or its account.',
  'expires-earlier': 'It ends earlier.',
};

/** Why a token that Meta offered was not taken, in a sentence about it. */
export function failureWords(failure: ProofFailure): string {
  return FAILURES[failure];
}
