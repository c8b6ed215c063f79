import { createHash } from 'node:crypto';

/** SHA-256 of a value, lower-case hex: how own values are remembered without keeping them. */
export function digestOf(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex');
}
