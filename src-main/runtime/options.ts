import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { dataFolder } from '../adapters/data-folder.ts';
import { DEFAULT_PORT } from '../contract/admin.ts';
import { GRAPH_VERSION, isGraphVersion } from '../adapters/graph.ts';
import { graphAddress, META_GRAPH_URL } from '../adapters/graph-address.ts';

/** How a run of Evertoken was asked for. */
export interface RunOptions {
  readonly dataFolder: string;
  readonly graphUrl: string;
  /** Such as `v26.0`. */
  readonly graphVersion: string;
  readonly port: number;
  /** A file that moves the wall clock, for trials; only with a Graph address on this computer. */
  readonly clockFile: string | null;
  /** The owner's explicit choice of an encrypted file instead of the keychain. */
  readonly vaultFile: { readonly file: string; readonly passphraseFile: string } | null;
}

/** How server mode was asked for. */
export interface ServerOptions extends RunOptions {
  /** IP address to listen on; 127.0.0.1 unless the owner demanded another in so many words. */
  readonly listen: string;
  /** Names by which it may be called besides, in lower case, as `NAME` or `NAME:PORT`. */
  readonly allowedHosts: readonly string[];
}

type Refused = { readonly ok: false; readonly exitCode: number; readonly text: string };

type Read<Options> = { readonly ok: true; readonly options: Options } | Refused;

/** Options, or what to print instead: help, or a sentence about what is wrong. */
export type ReadOptions = Read<ServerOptions>;

/** The same for the desktop app. */
export type ReadDesktopOptions = { readonly ok: true; readonly options: RunOptions; /** Start in the tray, without a window. */ readonly hidden: boolean } | Refused;

/** Reads the server's flags and environment; a flag wins. Anything unusable is refused with a sentence before anything is touched. */
export function readRunOptions(argv: readonly string[], env: NodeJS.ProcessEnv): ReadOptions {
  const command = new Command('evertoken-server')
    .description('Keeps your WhatsApp access tokens alive, without a screen: an admin page in the browser and a gateway for bots, on this computer alone.')
    .allowExcessArguments(false)
    .option('--listen <address>', 'IP address to listen on; any but 127.0.0.1 lets other computers in, without encryption (docs/server.md)', LOOPBACK)
    .option('--allow-host <name>', 'also answer to this name, as NAME or NAME:PORT; may be given more than once', (name: string, names: readonly string[]) => [...names, name], []);
  const read = parsed(command, argv, env);
  return read.ok ? withAddress(read.options, command.opts<AddressFlags>()) : read;
}

/** The same for the desktop app. What it does not know is passed over: the system and Chromium put switches of their own there. */
export function readDesktopOptions(argv: readonly string[], env: NodeJS.ProcessEnv): ReadDesktopOptions {
  const command = new Command('evertoken').description('Keeps your WhatsApp access tokens alive, in the tray.').option('--hidden', 'start in the tray, without a window').allowUnknownOption().allowExcessArguments();
  const read = parsed(command, argv, env);
  return read.ok ? { ...read, hidden: command.opts<{ hidden?: boolean }>().hidden ?? false } : read;
}

interface AddressFlags {
  readonly listen: string;
  readonly allowHost: readonly string[];
}

const LOOPBACK = '127.0.0.1';
const HOST_NAME = /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::[1-9]\d{0,4})?$/;

function withAddress(options: RunOptions, { listen, allowHost }: AddressFlags): ReadOptions {
  const address = listen === 'localhost' ? LOOPBACK : listen;
  if (isIP(address) === 0) return refuse('--listen takes an IP address of this computer, such as 127.0.0.1, and no name.');
  const allowedHosts = allowHost.map((name) => name.toLowerCase());
  if (!allowedHosts.every((name) => HOST_NAME.test(name))) return refuse('--allow-host takes a name as it stands in the address, such as evertoken.example.com or evertoken.example.com:8443, and no pattern.');
  return { ok: true, options: { ...options, listen: address, allowedHosts } };
}

function parsed(command: Command, argv: readonly string[], env: NodeJS.ProcessEnv): Read<RunOptions> {
  let printed = '';
  const take = (text: string): void => {
    printed += text;
  };
  command
    .option('--data-dir <folder>', 'where settings, log and API key are kept (EVERTOKEN_DATA_DIR)')
    .option('--graph-url <address>', "Meta's Graph API; https, or http on this computer only (EVERTOKEN_GRAPH_URL)", env['EVERTOKEN_GRAPH_URL'] || META_GRAPH_URL)
    .option('--graph-version <version>', 'version of that API (EVERTOKEN_GRAPH_VERSION)', env['EVERTOKEN_GRAPH_VERSION'] || GRAPH_VERSION)
    .option('--port <number>', 'port on this computer (EVERTOKEN_PORT)', env['EVERTOKEN_PORT'] || String(DEFAULT_PORT))
    .option('--vault-file <file>', 'keep secrets in this encrypted file instead of the keychain')
    .option('--passphrase-file <file>', 'file with the passphrase of the vault file')
    .exitOverride()
    .configureOutput({ writeOut: take, writeErr: take });
  try {
    command.parse([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { ok: false, exitCode: error.exitCode === 0 ? 0 : 2, text: printed };
  }
  return checked(command.opts<Flags>(), env);
}

interface Flags {
  readonly dataDir?: string;
  readonly graphUrl: string;
  readonly graphVersion: string;
  readonly port: string;
  readonly vaultFile?: string;
  readonly passphraseFile?: string;
}

function checked(flags: Flags, env: NodeJS.ProcessEnv): Read<RunOptions> {
  const address = graphAddress(flags.graphUrl);
  if (!address.ok) return refuse(address.message);
  const graphVersion = flags.graphVersion.trim();
  if (!isGraphVersion(graphVersion)) return refuse(`The Graph version must look like ${GRAPH_VERSION}: the letter v, a number, a dot, a number.`);
  const port = /^\d{1,5}$/.test(flags.port) ? Number(flags.port) : Number.NaN;
  if (!(port >= 1 && port <= 65_535)) return refuse('The port must be a whole number from 1 to 65535.');
  const clockFile = env['EVERTOKEN_CLOCK_FILE'] || null;
  if (clockFile !== null && !address.loopback) return refuse('EVERTOKEN_CLOCK_FILE is for trials: it works only with a Graph address on this computer.');
  const { vaultFile, passphraseFile } = flags;
  if ((vaultFile === undefined) !== (passphraseFile === undefined)) return refuse('--vault-file and --passphrase-file belong together. Give both.');
  return {
    ok: true,
    options: {
      dataFolder: dataFolder({ flag: flags.dataDir, env, platform: process.platform, home: homedir(), cwd: process.cwd() }),
      graphUrl: address.url,
      graphVersion,
      port,
      clockFile: clockFile === null ? null : resolve(clockFile),
      vaultFile: vaultFile === undefined || passphraseFile === undefined ? null : { file: resolve(vaultFile), passphraseFile: resolve(passphraseFile) },
    },
  };
}

function refuse(text: string): Refused {
  return { ok: false, exitCode: 2, text: `${text}\n` };
}
