import { describe, expect, it } from 'vitest';
import { readDesktopOptions, readRunOptions } from '../../src-main/runtime/options.ts';

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

describe('where server mode listens', () => {
  const addressOf = (...argv: readonly string[]): unknown => {
    const read = readRunOptions(argv, {});
    return read.ok ? { listen: read.options.listen, allowedHosts: read.options.allowedHosts } : `${read.exitCode}: ${read.text}`;
  };

  it('is this computer alone, unless the command line says otherwise in so many words', () => {
    expect(addressOf()).toEqual({ listen: '127.0.0.1', allowedHosts: [] });
    expect(addressOf('--listen', 'localhost')).toEqual({ listen: '127.0.0.1', allowedHosts: [] });
    expect(addressOf('--listen', '0.0.0.0', '--allow-host', 'Keeper.Example', '--allow-host', 'keeper.example:8443')).toEqual({ listen: '0.0.0.0', allowedHosts: ['keeper.example', 'keeper.example:8443'] });
    const fromEnvironment = readRunOptions([], { EVERTOKEN_LISTEN: '0.0.0.0', HOST: '0.0.0.0', EVERTOKEN_ALLOW_HOST: 'x' });
    expect(fromEnvironment.ok && fromEnvironment.options).toMatchObject({ listen: '127.0.0.1', allowedHosts: [] });
  });

  it.each(['example.com', '*', '', '127.0.0.1:80', '0.0.0.0/0', 'http://127.0.0.1'])('%j is no address', (listen) => {
    expect(addressOf('--listen', listen)).toBe('2: --listen takes an IP address of this computer, such as 127.0.0.1, and no name.\n');
  });

  it.each(['*', '*.example.com', '', 'a b', 'http://keeper.example', 'keeper.example/', 'keeper.example:0', 'user@keeper.example', '.example.com', 'a..b'])('%j is no name', (name) => {
    expect(addressOf('--allow-host', name)).toMatch(/^2: --allow-host takes a name as it stands in the address/);
  });

  it('is told by --help, together with everything else', () => {
    const read = readRunOptions(['--help'], {});
    const text = read.ok ? '' : read.text;
    expect(read).toMatchObject({ ok: false, exitCode: 0 });
    for (const flag of ['--data-dir', '--graph-url', '--graph-version', '--port', '--listen', '--allow-host', '--vault-file', '--passphrase-file', '--help']) expect(text).toContain(flag);
  });

  it('is no matter of the desktop app', () => {
    const read = readDesktopOptions(['--listen', '0.0.0.0', '--allow-host', 'keeper.example'], {});
    expect(read.ok && Object.keys(read.options).filter((name) => name === 'listen' || name === 'allowedHosts')).toEqual([]);
  });
});
