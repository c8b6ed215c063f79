/** The sentence of a refusal, for a person. */
export function sentenceOf(answer: unknown): string {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string' ? error.message : 'Evertoken refused this.';
}
