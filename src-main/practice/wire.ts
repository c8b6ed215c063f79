import type { ServerResponse } from 'node:http';
import type { Answer } from './answers.ts';
import { errorBody, errorStatus } from './answers.ts';
import type { Wording } from './faults.ts';

/** An answer as bytes; `code` and `subcode` of the Graph error that it carries are for the journal. */
export interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  readonly code: number | null;
  readonly subcode: number | null;
}

const JSON_TYPE = 'application/json; charset=UTF-8';
const plain = { code: null, subcode: null };

/** Puts an answer into bytes. `echo` is the token that an echoing error would show, `trace` its `fbtrace_id`. */
export function render(answer: Answer, wording: Wording, echo: string | null, trace: string): Rendered {
  switch (answer.kind) {
    case 'json':
      return { ...plain, status: answer.status, headers: { 'Content-Type': JSON_TYPE }, bytes: Buffer.from(JSON.stringify(answer.body)) };
    case 'error':
      return {
        status: errorStatus(answer.error, wording),
        headers: { 'Content-Type': JSON_TYPE, 'x-fb-trace-id': trace },
        bytes: Buffer.from(JSON.stringify(errorBody(answer.error, wording, echo, trace))),
        code: answer.error.code,
        subcode: answer.error.subcode,
      };
    case 'bytes':
      return { ...plain, status: answer.status, headers: { 'Content-Type': answer.contentType, ...answer.headers }, bytes: answer.bytes };
  }
}

/** Sends an answer. `cut`: only half of it, as a complete short body or with the socket closed in the middle. */
export function send(response: ServerResponse, { status, headers, bytes }: Rendered, now: number, cut: 'body' | 'socket' | null = null): void {
  const half = bytes.subarray(0, Math.floor(bytes.byteLength / 2));
  const length = cut === 'body' ? half.byteLength : bytes.byteLength;
  // Our own Date: a product compares it with its clock, and the practice clock may be anywhere.
  response.sendDate = false;
  response.writeHead(status, { ...headers, Date: new Date(now).toUTCString(), 'Content-Length': String(length) });
  if (cut === 'socket') response.write(half, () => response.destroy());
  else response.end(cut === 'body' ? half : bytes);
}
