import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { ensureApiKey } from '../../src-main/adapters/api-key.ts';
import { writeRunningFile } from '../../src-main/adapters/running-file.ts';
import type { CliIo } from '../../src-main/cli/io.ts';
import { run } from '../../src-main/cli/run.ts';
import { startGateway } from '../../src-main/gateway/server.ts';
import { createFakeKeeper } from '../fakes/keeper.ts';
import type { FakeAnswers } from '../fakes/keeper.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** What a test may set of the world. `terminal` makes all three streams terminals; `answers` are typed in turn. */
export interface World {
  readonly terminal?: boolean;
  readonly stdin?: string | Buffer;
  readonly answers?: readonly (string | null)[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly fetch?: typeof fetch;
}

/** How a run of the command line ended. */
export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  readonly questions: readonly { readonly question: string; readonly hidden: boolean }[];
}

/** Runs the command line in this process, in a world of the test's making. */
export async function runCli(argv: readonly string[], world: World = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const questions: { question: string; hidden: boolean }[] = [];
  const answers = [...(world.answers ?? [])];
  const terminal = world.terminal ?? false;
  const io: CliIo = {
    env: world.env ?? {},
    platform: 'linux',
    home: '/nonexistent-home-of-a-test',
    cwd: world.cwd ?? '/',
    stdinIsTty: terminal,
    stdoutIsTty: terminal,
    stderrIsTty: terminal,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readStdin: async () => Buffer.from(world.stdin ?? ''),
    ask: async (question, hidden) => {
      questions.push({ question, hidden });
      return answers.shift() ?? null;
    },
    fetch: world.fetch ?? fetch,
  };
  const exit = await run(argv, io);
  return { exit, out, err, questions };
}

/** A data folder with a key in it; removed after the test. */
export async function dataFolderWithKey(): Promise<{ readonly folder: string; readonly key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-cli-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return { folder, key: await ensureApiKey(folder) };
}

/** An Evertoken that runs: a gateway with a fake keeper behind it, its key and port in a data folder of its own. */
export async function openEvertoken(answers: Partial<FakeAnswers> = {}) {
  const { folder, key } = await dataFolderWithKey();
  const fake = createFakeKeeper(answers);
  const gateway = await startGateway({
    keeper: fake.keeper, apiKey: key, port: 0, host: '127.0.0.1', log: { write: () => undefined }, clock: { now: () => 0, monotonic: () => 0 }, limits: { closeMs: 200 },
  });
  closers.unshift(() => gateway.close());
  await writeRunningFile(folder, { port: gateway.port, pid: process.pid, startedAt: 0 });
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const cli = (argv: readonly string[], world: World = {}): Promise<Ran> => runCli([...argv, '--data-dir', folder], { cwd: folder, ...world });
  return { ...fake, folder, key, port: gateway.port, close: gateway.close, file, cli };
}
