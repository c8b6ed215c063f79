/** A file found in a form. */
export interface FormFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

/** The part called `file` of a `multipart/form-data` body; null where there is none. Only as much of RFC 7578 as an upload to Meta needs. */
export function fileInForm(body: Uint8Array, contentType: string): FormFile | null {
  const match = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) return null;
  // The leading line break lets the first boundary be found like all the others.
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const mark = Buffer.from(`\r\n--${boundary}`);
  for (let start = whole.indexOf(mark); start !== -1; ) {
    const end = whole.indexOf(mark, start + mark.byteLength);
    if (end === -1) return null;
    const headEnd = whole.indexOf('\r\n\r\n', start);
    const head = whole.subarray(start, headEnd).toString();
    if (headEnd !== -1 && headEnd < end && /name="?file"?[;\r\n]/i.test(`${head}\r\n`)) {
      return { bytes: whole.subarray(headEnd + 4, end), mimeType: /^content-type:\s*(\S+)/im.exec(head)?.[1] ?? 'application/octet-stream' };
    }
    start = end;
  }
  return null;
}
