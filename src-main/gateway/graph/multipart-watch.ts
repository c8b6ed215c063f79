import { LONGEST_PART_HEAD, partName } from './multipart-key.ts';
import { isRefusedField } from './refused-fields.ts';

const NOTHING = Buffer.alloc(0);
const HEAD_END = '\r\n\r\n';

/** Watches a multipart body that is passed on as it comes for parts that are not: a batch may stand behind a file. */
export class MultipartWatch {
  readonly #mark: Buffer;
  #rest: Buffer = NOTHING;

  constructor(boundary: string) {
    this.#mark = Buffer.from(`--${boundary}`, 'latin1');
  }

  /** Whether these bytes, which nobody may have seen yet, end the head of such a part. */
  refuses(chunk: Buffer): boolean {
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    for (let at = data.indexOf(this.#mark); at !== -1; at = data.indexOf(this.#mark, from)) {
      const head = data.subarray(at + this.#mark.length, at + LONGEST_PART_HEAD);
      const end = head.indexOf(HEAD_END);
      if (end === -1 && data.length - at < LONGEST_PART_HEAD) {
        this.#rest = data.subarray(at);
        return false;
      }
      const name = end === -1 ? null : partName(head.toString('latin1', 0, end));
      if (name !== null && isRefusedField(name, '') !== null) return true;
      from = at + this.#mark.length;
    }
    this.#rest = data.subarray(Math.max(from, data.length - this.#mark.length + 1));
    return false;
  }
}
