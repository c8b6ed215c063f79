import { describe, expect, it } from 'vitest';
import { serverAddress } from '../../src-main/runtime/listening.ts';

const addressOf = (listen: string, ...allowedHosts: readonly string[]) => {
  const { listening, origin, onLoopback, warnings } = serverAddress({ listen, port: 28_743, allowedHosts });
  return { alsoCalled: 'alsoCalled' in listening ? listening.alsoCalled : null, host: 'host' in listening ? listening.host : null, origin, onLoopback, warnings };
};

describe('the address of server mode', () => {
  it('is this computer alone and needs no warning', () => {
    expect(addressOf('127.0.0.1')).toEqual({ host: '127.0.0.1', alsoCalled: [], origin: 'http://127.0.0.1:28743', onLoopback: true, warnings: [] });
    expect(addressOf('::1')).toEqual({ host: '::1', alsoCalled: ['[::1]:28743'], origin: 'http://[::1]:28743', onLoopback: false, warnings: [] });
  });

  it.each(['0.0.0.0', '::'])('everywhere (%s) takes in this computer, and warns', (listen) => {
    const { warnings, ...rest } = addressOf(listen);
    expect(rest).toEqual({ host: listen, alsoCalled: [], origin: 'http://127.0.0.1:28743', onLoopback: true });
    expect(warnings.map(({ severity, text }) => [severity, text])).toEqual([
      ['warning', `Other computers can reach Evertoken at ${listen}, port 28743 (--listen), and whatever goes over the network there, keys and tokens among it, is not encrypted. Without --listen only this computer can.`],
    ]);
  });

  it('of the network is called by its number, and warns', () => {
    const { warnings, ...rest } = addressOf('192.168.1.5');
    expect(rest).toEqual({ host: '192.168.1.5', alsoCalled: ['192.168.1.5:28743'], origin: 'http://192.168.1.5:28743', onLoopback: false });
    expect(warnings).toHaveLength(1);
  });

  it.each([
    [1_024, []],
    [28_743, []],
    [32_000, []],
    [32_001, ['port/32001']],
    [65_535, ['port/65535']],
  ])('warns of a port that the system gives to outgoing connections: %i', (port, subjects) => {
    const { warnings } = serverAddress({ listen: '127.0.0.1', port, allowedHosts: [] });
    expect(warnings.map(({ subject }) => subject)).toEqual(subjects);
    for (const { severity, text } of warnings) expect([severity, text]).toEqual(['warning', expect.stringContaining(`The system may give port ${port} to another program's outgoing connection`)]);
  });

  it('has the names that were allowed, each with a warning of its own', () => {
    const { alsoCalled, warnings } = addressOf('127.0.0.1', 'keeper.example', 'keeper.example:8443');
    expect(alsoCalled).toEqual(['keeper.example', 'keeper.example:28743', 'keeper.example:8443']);
    expect(warnings.map(({ subject }) => subject)).toEqual(['allow-host/keeper.example', 'allow-host/keeper.example:8443']);
    expect(warnings[0]?.text).toContain('the name keeper.example too');
  });
});
