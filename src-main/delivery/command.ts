import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { homedir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { AfterCommand } from '../core/delivery/delivery.ts';
import { SECOND } from '../core/time.ts';
import { holdsTokenShape } from '../core/token/token-shape.ts';
import { outputTail } from './output-tail.ts';

/** How a command ended. `output` holds the end of what it said, by stream; pass it on only through the log's redaction. */
export interface CommandEnd {
  readonly how: { readonly kind: 'exit'; readonly code: number } | { readonly kind: 'signal'; readonly signal: string } | { readonly kind: 'timeout' } | { readonly kind: 'stopped' } | { readonly kind: 'not-started'; readonly systemCode: string };
  readonly output: readonly string[];
}

/** A command at work. */
export interface RunningCommand {
  /** Resolves with how it ended; never rejects. */
  readonly ended: Promise<CommandEnd>;
  /** Ends it and all that it started: it is asked, and killed if it does not listen. Resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts a command. `token` is a secret that the command's environment must not hold. */
export type RunCommand = (command: AfterCommand, token: string) => RunningCommand;

/** How long it may take to end by itself once it was asked to, ms. */
const KILL_AFTER = 5 * SECOND;
/** How long the last words of a program that has ended may take to arrive, ms. What it left running may hold its output open for good. */
const LAST_WORDS = SECOND / 2;

/**
 * Makes what runs a program from its argument list, without a shell, as the head of a process group of its own: at the time limit the whole group is
 * ended. (Execa, which runs programs with more comfort, ends only the program itself.) A group that outlives a program which ended by
 * itself is left alone: starting a bot is what the owner asked for. `isSecretName` says which variables it must not inherit.
 */
export function programRunner(isSecretName: (name: string) => boolean): RunCommand {
  return (command, token) => runProgram(command, environmentFor(process.env, token, isSecretName));
}

function runProgram(command: AfterCommand, environment: NodeJS.ProcessEnv): RunningCommand {
  const [program = '', ...args] = command.argv;
  const out = outputTail();
  const err = outputTail();
  let cut: 'timeout' | 'stopped' | null = null;
  let killing: Promise<void> | null = null;
  let child: ChildProcess;
  try {
    child = spawn(program, args, {
      cwd: command.folder ?? homedir(),
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
      shell: false,
    });
  } catch (error) {
    // Such as EINVAL for a .bat file, which Windows would hand to a shell.
    return { ended: Promise.resolve(notStarted(error)), stop: () => Promise.resolve() };
  }
  child.stdout?.on('data', (chunk: Buffer) => out.take(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.take(chunk));

  const gone = new Promise<CommandEnd['how']>((resolve) => {
    child.once('error', (error) => resolve(notStarted(error).how));
    child.once('exit', (code, signal) => resolve(cut !== null ? { kind: cut } : code === null ? { kind: 'signal', signal: signal ?? 'unknown' } : { kind: 'exit', code }));
  });
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const kill = (why: 'timeout' | 'stopped'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    cut ??= why;
    killing ??= endGroup(child, gone);
    return killing;
  };
  const limit = setTimeout(() => void kill('timeout'), command.timeoutMs);
  const ended = gone.then(async (how): Promise<CommandEnd> => {
    clearTimeout(limit);
    await killing;
    if (how.kind !== 'not-started') await Promise.race([closed, pause(LAST_WORDS)]);
    // What goes on in the background is listened to, lest it trips over a broken pipe, but keeps nobody from ending.
    for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
    return { how, output: [out.text(), err.text()].filter((text) => text !== '') };
  });
  return { ended, stop: () => kill('stopped').then(() => ended).then(() => undefined) };
}

/**
 * The owner's environment without anything of Evertoken's, and without this token or another of Meta's secrets: the shell that Evertoken
 * was started from may know more shops than this one.
 */
export function environmentFor(environment: NodeJS.ProcessEnv, token: string, isSecretName: (name: string) => boolean): NodeJS.ProcessEnv {
  const isSecret = (name: string, value: string): boolean => name.toUpperCase().startsWith('EVERTOKEN') || isSecretName(name) || value.includes(token) || holdsTokenShape(value);
  return Object.fromEntries(Object.entries(environment).filter(([name, value]) => !isSecret(name, value ?? '')));
}

function notStarted(error: unknown): CommandEnd {
  return { how: { kind: 'not-started', systemCode: error instanceof Error && 'code' in error ? String(error.code) : 'unknown error' }, output: [] };
}

async function endGroup(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const patience = new AbortController();
  await Promise.race([gone, pause(KILL_AFTER, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
  // Also where the head has ended: what it started may not have listened.
  signalGroup(child, 'SIGKILL');
  await gone;
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' }).on('error', () => child.kill());
    else process.kill(-child.pid, signal);
  } catch {
    // The group has ended already.
  }
}
