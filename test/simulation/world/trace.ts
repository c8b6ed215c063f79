/** The record of a run: a hash over everything that happened, and the lines themselves where somebody reads them. */
export class Trace {
  readonly #show: ((line: string) => void) | null;
  #hash = 0x811c9dc5;
  #second = 0x01000193;
  #count = 0;

  constructor(show: ((line: string) => void) | null = null) {
    this.#show = show;
  }

  /** Writes one line. `at` is true time, ms. */
  write(at: number, line: string): void {
    const text = `${at} ${line}`;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      this.#hash = Math.imul(this.#hash ^ code, 0x01000193);
      this.#second = Math.imul(this.#second ^ code, 0x85ebca6b) + 1;
    }
    this.#count += 1;
    if (this.#show !== null) this.#show(`${new Date(at).toISOString()} ${line}`);
  }

  /** Equal for equal runs. */
  get digest(): string {
    return `${(this.#hash >>> 0).toString(16)}-${(this.#second >>> 0).toString(16)}-${this.#count}`;
  }
}
