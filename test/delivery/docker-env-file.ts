/**
 * Reads a file by the rules of Docker's `--env-file` (docs.docker.com, `docker container run`; pkg/kvfile of docker/cli): lines end with
 * LF or CRLF, blanks before a name are dropped, `#` begins a comment only at the start of a line, and the value is everything after the
 * first `=`, quotes and blanks included. Null where Docker refuses the file.
 */
export function readDockerEnvFile(bytes: Buffer): Readonly<Record<string, string>> | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  const values: Record<string, string> = {};
  for (const raw of text.replace(/^\ufeff/, '').split('\n')) {
    const line = raw.replace(/\r$/, '').replace(/^\s+/u, '');
    if (line === '' || line.startsWith('#')) continue;
    const sign = line.indexOf('=');
    const name = sign === -1 ? line : line.slice(0, sign);
    if (name === '' || /\s/u.test(name)) return null;
    if (sign !== -1) values[name] = line.slice(sign + 1);
  }
  return values;
}
