import type { DeliveryFaultCode } from './fault-codes.ts';

/** Why a command did not do its work: code and words, without what it said itself. */
export interface CommandFault {
  readonly code: DeliveryFaultCode;
  readonly text: string;
}

/** How a command can fail. */
export type CommandFailure =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'not-started'; readonly systemCode: string };

/** A command as one line, for reading only: what holds a blank is quoted. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((argument) => (argument === '' || /[\s"'\\]/.test(argument) ? JSON.stringify(argument) : argument)).join(' ');
}

/** A failure of a command in words. `isLast` says that it is not run again by itself. */
export function commandFault(argv: readonly string[], failure: CommandFailure, isLast: boolean): CommandFault {
  const [program = ''] = argv;
  const next = isLast ? 'It is not run again by itself: put it right, then have it run again.' : 'Evertoken runs it again soon.';
  const { code, what } = describe(program, failure);
  return { code, text: `${what} ${next}` };
}

function describe(program: string, failure: CommandFailure): { readonly code: DeliveryFaultCode; readonly what: string } {
  switch (failure.kind) {
    case 'exit':
      return { code: 'command-failed', what: `The token is in place, but the command “${program}” after it failed with exit code ${failure.code}. What it said is in Evertoken’s log.` };
    case 'signal':
      return { code: 'command-failed', what: `The token is in place, but the command “${program}” after it was ended by ${failure.signal}. What it said is in Evertoken’s log.` };
    case 'timeout':
      return { code: 'command-timeout', what: `The token is in place, but the command “${program}” after it took longer than ${Math.round(failure.afterMs / 1000)} seconds and was ended.` };
    case 'interrupted':
      return { code: 'command-interrupted', what: `The token is in place, but Evertoken ended while the command “${program}” ran.` };
    case 'not-started':
      return { code: 'command-not-found', what: `The token is in place, but the command “${program}” after it could not be started (${failure.systemCode}). ${NOT_STARTED[failure.systemCode] ?? ''}`.trim() };
  }
}

const NOT_STARTED: Readonly<Record<string, string>> = {
  ENOENT: 'Give the program’s full path, and make sure that the folder it runs in exists.',
  EACCES: 'It may not be run: make it executable.',
  EINVAL: 'A .bat or .cmd file needs “cmd.exe”, “/d”, “/c” before it.',
};
