import { describe, expect, it } from 'vitest';
import { readRunOptions } from '../../src-main/runtime/options.ts';

const versionOf = (argv: readonly string[], env: NodeJS.ProcessEnv = {}): string => {
  const read = readRunOptions(argv, env);
  return read.ok ? read.options.graphVersion : `${read.exitCode}: ${read.text}`;
};

describe('the Graph version', () => {
  it('is the one built in, else that of the environment, else that of the flag', () => {
    expect(versionOf([])).toBe('v26.0');
    expect(versionOf([], { EVERTOKEN_GRAPH_VERSION: 'v27.0' })).toBe('v27.0');
    expect(versionOf([], { EVERTOKEN_GRAPH_VERSION: '' })).toBe('v26.0');
    expect(versionOf(['--graph-version', 'v28.1'], { EVERTOKEN_GRAPH_VERSION: 'v27.0' })).toBe('v28.1');
  });

  it.each(['26.0', 'v26', 'v26.0/../x', 'latest', 'v26.0?x'])('%s is refused with a sentence', (version) => {
    expect(versionOf(['--graph-version', version])).toBe('2: The Graph version must look like v26.0: the letter v, a number, a dot, a number.\n');
  });
});
