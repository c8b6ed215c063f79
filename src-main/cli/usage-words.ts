import type { CommanderError } from 'commander';
import type { Stop } from './report.ts';

/** Longer than any option or command of ours; what is longer was pasted, and may be a secret. */
const LONGEST_NAME = 24;

/**
 * A mistake in the arguments, in one line. The parser's own message repeats what was typed; a value behind an
 * equals sign and anything long is taken out of it.
 */
export function usageStop({ message, code }: CommanderError): Stop {
  if (code === 'commander.help') return { exit: 2, code: 'usage', message: 'One more word is needed, such as list. See: npx evertoken --help' };
  const words = message
    .replace(/^error: /, '')
    .replaceAll(/'([^']*)'/g, (_, quoted: string) => `'${shortened(quoted)}'`)
    .replaceAll('\n', ' ');
  const sentence = `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/([^.?!)])$/, '$1.');
  return { exit: 2, code: 'usage', message: `${sentence} See: npx evertoken --help` };
}

function shortened(quoted: string): string {
  const name = quoted.replace(/=.*$/s, '');
  return name.length > LONGEST_NAME && !/^[a-z-]+ <[a-z]+>$|^-[\w-]+ <[a-z]+>$/.test(name) ? '…' : name;
}
