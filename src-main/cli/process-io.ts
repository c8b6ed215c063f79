import { homedir } from 'node:os';
import { askHttp } from './http.ts';
import { askAtTerminal } from './terminal.ts';
import type { CliIo } from './io.ts';

/** The real world, as the command line sees it. */
export function processIo(): CliIo {
  const { stdin, stdout, stderr } = process;
  // `evertoken status | head` closes the pipe early; that is no error of ours.
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);
  return {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    cwd: process.cwd(),
    stdinIsTty: stdin.isTTY === true,
    stdoutIsTty: stdout.isTTY === true,
    stderrIsTty: stderr.isTTY === true,
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    readStdin,
    ask: (question, hidden) => askAtTerminal(stdin, stderr, question, hidden),
    askHttp,
  };
}

async function readStdin(limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
}
