import type { Stop } from './report.ts';

/** How secrets are handed over instead. */
const HOW: Record<'token' | 'app-secret' | 'key' | 'gateway-key', string> = {
  token: 'Put the token into a file and name it with --token-file FILE, or send it through standard input.',
  'app-secret': 'Put the app secret into a file and name it with --app-secret-file FILE.',
  key: 'The command line finds the API key by itself, in the data folder.',
  'gateway-key': "A bot's key belongs into the bot's own settings. Here it goes by its name or id, which you see with: npx evertoken keys list",
};

const FLAGS: readonly (readonly [RegExp, keyof typeof HOW])[] = [
  [/^--?(access[-_]?)?token(=|$)/i, 'token'],
  [/^--?(app[-_]?|client[-_]?)?secret(=|$)/i, 'app-secret'],
  [/^--?(api[-_]?)?key(=|$)/i, 'key'],
];

/** A key of the gateway: its mark and 32 bytes in base64url, or most of that. */
const GATEWAY_KEY = /evk_[\w-]{20,}/;

/** Shapes that only tokens have. */
const TOKEN_SHAPE = /(?:^|[=\s"'])(?:EAA|IGAA)[A-Za-z0-9]{8,}|(?:^|\s)Bearer\s+\S|\d{5,}\|[\w-]{16,}/i;

/** A long run without a dot or slash, which no id, label or file name of ours is; the arguments of another program may well hold one. */
const OPAQUE = /(?:^|=)["']?[\w|-]{60,}["']?$/;

/** An app secret is 32 hexadecimal digits, but so may be a connection's id: only the flags of ids and files are looked at. */
const SECRET_SHAPE = /^["']?[0-9a-f]{32}["']?$/i;
const SECRET_PLACES = /^--(app-id|app-secret-file|token-file|phone-number-id|waba-id|label|environment)(?:=(.*))?$/;

/**
 * Finds a secret that was given as an argument, before anything else reads the arguments: every program of this
 * computer can see them, and the shell writes them into its history. The answer never repeats it. Behind `--` stand the
 * arguments of the owner's own program, whose options may have names like ours.
 */
export function findSecretArgument(argv: readonly string[]): Stop | null {
  const dashes = argv.indexOf('--');
  const own = dashes === -1 ? argv : argv.slice(0, dashes);
  if (argv.some((argument) => GATEWAY_KEY.test(argument))) return refused('gateway-key');
  if (argv.some((argument) => TOKEN_SHAPE.test(argument))) return refused('token');
  for (const [index, argument] of own.entries()) {
    const flag = FLAGS.find(([pattern]) => pattern.test(argument));
    if (flag !== undefined) return refused(flag[1]);
    if (OPAQUE.test(argument)) return refused('token');
    const place = SECRET_PLACES.exec(argument);
    if (place !== null && SECRET_SHAPE.test(place[2] ?? own[index + 1] ?? '')) return refused('app-secret');
  }
  return null;
}

function refused(what: keyof typeof HOW): Stop {
  const warning = 'Secrets are never given as an argument: other programs can see it, and the shell keeps it in its history.';
  return { exit: 2, code: 'secret-in-argument', message: `${warning} ${HOW[what]}` };
}
