import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS, ipcName } from '../../src-main/contract/window-channels.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import { type Desktop, until } from '../host/desktop.ts';
import type { InvokeOutcome } from '../host/recorder/ipc-record.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { connectRobot, type DesktopTrial, openDesktopTrial } from './desktop-house.ts';

const OURS = { url: 'app://evertoken/index.html', isMainFrame: true };
const ID = 'c-00000000';

/** A request that the channel would take, for each channel: what is refused is then refused for its sender alone. */
const RIGHT: Readonly<Record<(typeof CHANNELS)[number], unknown>> = {
  view: {},
  history: { connection: null },
  connect: { token: 'EAAnotARealTokenAtAll0123456789' },
  importEnvFile: {},
  refresh: { connection: ID },
  check: { connection: ID },
  replace: { connection: ID, token: 'EAAnotARealTokenAtAll0123456789' },
  confirmReplace: { connection: ID },
  forgetReplace: { connection: ID },
  chooseNumber: { connection: ID, phoneNumberId: '1' },
  remove: { connection: ID },
  acknowledge: { id: 'x/y/z' },
  openLink: { url: 'https://business.facebook.com/' },
  showTrayIcon: {},
  setStartAtLogin: { enabled: true },
  pauseNotifications: { until: 'hour' },
  setGateway: { enabled: true, port: 28_743 },
  createKey: { name: 'bot', rights: ['graph'], connections: null },
  revokeKey: { id: ID },
  addEnvDelivery: { connection: ID, file: null },
  setCommand: { connection: ID, argv: ['true'] },
  removeDelivery: { id: ID },
  deliver: {},
};

/** What no channel takes. */
const HOSTILE: readonly unknown[] = [
  'text',
  17,
  null,
  [],
  { connection: { $ne: null } },
  { connection: 'x'.repeat(100_000) },
  { connection: ID, extra: true },
  { __proto__: { connection: ID }, polluted: 1 },
  { token: 1 },
  { token: 'EAA', label: 'a\u0007b' },
  { token: null, app: { appId: '1' } },
  { enabled: 'yes' },
  { until: 'never' },
  { url: ['https://business.facebook.com/'] },
];

function refusalIn(answer: InvokeOutcome): string {
  return answer.ok ? 'It was not refused.' : answer.error;
}

describe.runIf(keyringHere() && chromiumHere())('the channels between window and main', () => {
  let trial: DesktopTrial;
  let desktop: Desktop;
  let before = { calls: 0, settings: '' };

  const settings = (): string => readFileSync(join(trial.house.dataFolder, 'config.json'), 'utf8');
  const refusals = (): readonly string[] => readFileSync(join(trial.house.dataFolder, 'logs', 'evertoken.log'), 'utf8').split('\n').filter((line) => line.includes('"event":"ipc-refused"') && line.includes('"level":"error"'));

  beforeAll(async () => {
    trial = await openDesktopTrial({ seed: 51 });
    desktop = await trial.start();
    await connectRobot(trial, desktop);
    before = { calls: trial.meta.journal.count(), settings: settings() };
  });
  afterAll(() => trial.end());

  it('are those of the contract, and no others', async () => {
    expect([...(await desktop.channels())].toSorted()).toEqual(CHANNELS.map((name) => ipcName(name)).toSorted());
  });

  it.each(CHANNELS)('%s refuses foreign frames, foreign origins and pages that are gone, loudly', async (name) => {
    const senders = [
      { ...OURS, isMainFrame: false },
      { ...OURS, url: 'https://evil.example/' },
      { ...OURS, url: 'app://evertoken.evil.example/index.html' },
      { ...OURS, url: 'app://other/index.html' },
      { ...OURS, url: 'file:///app://evertoken/index.html' },
      { ...OURS, url: 'about:blank' },
      { ...OURS, destroyed: true },
      { ...OURS, foreign: true },
    ];
    const loud = refusals().length;
    for (const sender of senders) {
      const answer = await desktop.invokeAs(ipcName(name), sender, [RIGHT[name]]);
      expect(refusalIn(answer), JSON.stringify(sender)).toContain('Evertoken refused this call: ');
    }
    await until('all are in the log', async () => refusals().length === loud + senders.length);
  });

  it.each(CHANNELS)('%s refuses what is not its request, loudly and without repeating it', async (name) => {
    const loud = refusals().length;
    let refused = 0;
    for (const args of [...HOSTILE.map((one) => [one]), [RIGHT[name], 'one too many']]) {
      const answer = await desktop.invokeAs(ipcName(name), OURS, args);
      expect(refusalIn(answer), JSON.stringify(args).slice(0, 200)).toMatch(/Evertoken refused this call: (the field|its request|it has too many)/);
      refused += 1;
    }
    await until('all are in the log', async () => refusals().length === loud + refused);
    expect(refusals().join('\n')).not.toContain('polluted');
  });

  it('have changed nothing by any of that, and asked Meta nothing', async () => {
    expect(trial.meta.journal.count()).toBe(before.calls);
    expect(settings()).toBe(before.settings);
    expect(await desktop.opened()).toEqual([]);
    expect(await desktop.invokeAs(ipcName('view'), OURS, [{}])).toMatchObject({ ok: true });
  });

  it('answer in words where the request is right and the thing is not there', async () => {
    for (const name of ['refresh', 'check', 'remove', 'chooseNumber', 'replace', 'confirmReplace', 'acknowledge'] as const) {
      const answer = await desktop.invokeAs(ipcName(name), OURS, [RIGHT[name]]);
      const outcome = answer.ok ? (answer.value as Outcome) : null;
      expect(outcome?.ok, name).toBe(false);
      expect(outcome?.message, name).toMatch(/^\S.*\.$/);
    }
  });
});
