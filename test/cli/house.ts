import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { ensureApiKey } from '../../src-main/adapters/api-key.ts';
import { prepareControlSocket, protectControlSocket } from '../../src-main/adapters/control-socket.ts';
import { writeRunningFile } from '../../src-main/adapters/running-file.ts';
import { askHttp } from '../../src-main/cli/http.ts';
import type { CliIo } from '../../src-main/cli/io.ts';
import { run } from '../../src-main/cli/run.ts';
import type { DeliveryView } from '../../src-main/contract/deliveries.ts';
import { openConsumers } from '../../src-main/gateway/consumers.ts';
import { digestKey } from '../../src-main/gateway/key-check.ts';
import { createLinkSection } from '../../src-main/gateway/page/link-section.ts';
import { startGateway } from '../../src-main/gateway/server.ts';
import type { Listening } from '../../src-main/gateway/server.ts';
import { createFakeKeeper } from '../fakes/keeper.ts';
import type { FakeAnswers } from '../fakes/keeper.ts';
import { ANY_PORT, fakeDeliveries, memoryConsumers } from '../gateway/house.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** What a test may set of the world. `terminal` makes all three streams terminals, `pipeOut` but for standard output; `answers` are typed in turn. */
export interface World {
  readonly terminal?: boolean;
  readonly pipeOut?: boolean;
  readonly stdin?: string | Buffer;
  readonly answers?: readonly (string | null)[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly askHttp?: typeof askHttp;
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
    stdoutIsTty: terminal && world.pipeOut !== true,
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
    askHttp: world.askHttp ?? askHttp,
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

/** What a test may set of an Evertoken that runs. */
export interface Running {
  /** Where it listens, as `running.json` tells; on a port unless told. */
  readonly doors?: readonly ('port' | 'socket')[];
  readonly deliveries?: readonly DeliveryView[];
  /** Whether it has an admin page. */
  readonly page?: boolean;
}

/** An Evertoken that runs: a gateway with a fake keeper behind it, its key and doors in a data folder of its own. */
export async function openEvertoken(answers: Partial<FakeAnswers> = {}, { doors = ['port'], deliveries: views = [], page = false }: Running = {}) {
  const { folder, key } = await dataFolderWithKey();
  const fake = createFakeKeeper(answers);
  const log = { write: () => undefined };
  const clock = { now: () => 0, monotonic: () => 0 };
  const keys = openConsumers({ store: memoryConsumers(), keeper: fake.keeper, clock, log, watchSecret: () => undefined });
  const deliveries = fakeDeliveries(views);
  const sections = page ? [createLinkSection({ consumers: keys, ownerDigest: digestKey(key), makeLink: () => 'http://127.0.0.1:28743/#open=test-link' })] : [];
  const serve = (listen: Listening) => startGateway({ keeper: fake.keeper, apiKey: key, keys, deliveries: deliveries.desk, listen, sections, log, clock, limits: { closeMs: 200 } });
  const socket = doors.includes('socket') ? await prepareControlSocket(folder) : null;
  const onPort = doors.includes('port') ? await serve(ANY_PORT) : null;
  const onSocket = socket === null ? null : await serve({ kind: 'socket', path: socket });
  if (socket !== null) await protectControlSocket(socket);
  const close = async (): Promise<void> => {
    await Promise.all([onPort?.close(), onSocket?.close()]);
    await keys.close();
  };
  closers.unshift(close);
  const port = onPort?.port ?? 0;
  await writeRunningFile(folder, { port: onPort?.port ?? null, socket, pid: process.pid, startedAt: 0 });
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
  const cli = (argv: readonly string[], world: World = {}): Promise<Ran> => runCli(['--data-dir', folder, ...argv], { cwd: folder, ...world });
  return { ...fake, folder, key, keys, port, socket, deliveryCalls: deliveries.calls, desk: deliveries.desk, close, file, cli };
}
