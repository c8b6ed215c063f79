import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src-main/core/time.ts';
import { OwnerActions } from '../../src-main/owner/owner-actions.ts';
import { type FakeAnswers, createFakeKeeper, outcome } from '../fakes/keeper.ts';

const TOKEN = 'EAATestOwnerActionsNotReal0123456789';
const SECRET = 'owner0actions0not0real';
const BLANK = { label: null, environment: null, appId: null, appSecret: null, phoneNumberId: null, wabaId: null, source: 'connect' } as const;

function open(answers: Partial<FakeAnswers> = {}) {
  const { keeper, calls } = createFakeKeeper(answers);
  let steady = 0;
  const busy: (readonly string[])[] = [];
  const actions: OwnerActions = new OwnerActions(keeper, { now: () => 0, monotonic: () => steady }, () => busy.push(actions.busy));
  return { actions, calls, busy, pass: (ms: number) => void (steady += ms) };
}

describe('what the owner asks for', () => {
  it('connects with a token as it was pasted', async () => {
    const { actions, calls } = open();
    await actions.connect({ ...BLANK, token: ` Bearer ${TOKEN}`, label: 'Shop' });
    expect(calls).toEqual([{ asked: 'connect', input: { ...BLANK, token: ` Bearer ${TOKEN}`, label: 'Shop' } }]);
  });

  it('connects with a whole .env where the token would stand; what was typed beside it wins', async () => {
    const { actions, calls } = open({ connect: async () => outcome({ code: 'connected', details: ['from the keeper'] }) });
    const done = await actions.connect({ ...BLANK, token: `WHATSAPP_ACCESS_TOKEN=${TOKEN}\nFACEBOOK_APP_ID=11\nFACEBOOK_APP_SECRET=${SECRET}\n`, appId: '22' });
    expect(calls).toEqual([{ asked: 'connect', input: { ...BLANK, token: TOKEN, appId: '22', appSecret: SECRET, source: 'import' } }]);
    expect(done.details.at(-1)).toBe('from the keeper');
    expect(done.details[0]).toContain('WHATSAPP_ACCESS_TOKEN');
    expect(JSON.stringify(done)).not.toContain(TOKEN);
  });

  it('refuses a .env with two tokens, and asks nobody', async () => {
    const { actions, calls } = open();
    expect(await actions.connect({ ...BLANK, token: `WHATSAPP_TOKEN=${TOKEN}\nMETA_TOKEN=${TOKEN}2\n` })).toMatchObject({ ok: false, code: 'env-ambiguous' });
    expect(calls).toEqual([]);
  });

  it('reads a .env from its file, and says what is wrong with one that cannot be read', async () => {
    const { actions, calls } = open();
    const file = join(mkdtempSync(join(tmpdir(), 'evertoken-env-')), '.env');
    writeFileSync(file, `WHATSAPP_ACCESS_TOKEN=${TOKEN}\n`);
    await actions.importEnvFile(file);
    expect(calls).toMatchObject([{ asked: 'connect', input: { token: TOKEN, source: 'import' } }]);
    expect(await actions.importEnvFile(`${file}.gone`)).toMatchObject({ ok: false, code: 'file-unreadable' });
  });

  it('holds a replacement until the owner says yes, and sends it on once', async () => {
    const { actions, calls } = open({ replace: async (_id, input) => (input.confirmed ? outcome({ code: 'replaced' }) : outcome({ ok: false, code: 'confirm', details: ['It ends earlier.'] })) });
    expect(await actions.replace({ connection: 'c-1', token: TOKEN, app: null })).toMatchObject({ code: 'confirm', details: ['It ends earlier.'] });
    expect(await actions.confirmReplace('c-1')).toMatchObject({ ok: true, code: 'replaced' });
    expect(calls).toEqual([
      { asked: 'replace', id: 'c-1', input: { token: TOKEN, app: null, confirmed: false } },
      { asked: 'replace', id: 'c-1', input: { token: TOKEN, app: null, confirmed: true } },
    ]);
    expect(await actions.confirmReplace('c-1')).toMatchObject({ ok: false, code: 'nothing-to-confirm' });
    expect(calls).toHaveLength(2);
  });

  it('forgets what waits for a yes when the owner says no, when the window closes, after ten minutes, and when another token was given', async () => {
    let code = 'confirm';
    const { actions, pass } = open({ replace: async () => outcome({ ok: false, code }) });
    const ask = (): Promise<unknown> => actions.replace({ connection: 'c-1', token: TOKEN, app: null });
    await ask();
    expect(actions.forgetReplace('c-1')).toMatchObject({ ok: true, code: 'forgotten' });
    expect(await actions.confirmReplace('c-1')).toMatchObject({ code: 'nothing-to-confirm' });
    await ask();
    actions.forgetUnconfirmed();
    expect(await actions.confirmReplace('c-1')).toMatchObject({ code: 'nothing-to-confirm' });
    await ask();
    pass(10 * MINUTE + 1);
    expect(await actions.confirmReplace('c-1')).toMatchObject({ code: 'nothing-to-confirm' });
    await ask();
    code = 'malformed';
    await ask();
    expect(await actions.confirmReplace('c-1')).toMatchObject({ code: 'nothing-to-confirm' });
  });

  it('lets go of it by itself after ten minutes, and never holds one whose window closed meanwhile', async () => {
    let answer = (): void => undefined;
    const { actions, pass } = open({ replace: () => new Promise((resolve) => (answer = () => resolve(outcome({ ok: false, code: 'confirm' })))) });
    const asked = actions.replace({ connection: 'c-1', token: TOKEN, app: null });
    actions.forgetUnconfirmed();
    answer();
    await asked;
    expect(await actions.confirmReplace('c-1')).toMatchObject({ code: 'nothing-to-confirm' });

    const again = actions.replace({ connection: 'c-1', token: TOKEN, app: null });
    answer();
    await again;
    pass(10 * MINUTE + 1);
    actions.dropExpired();
    pass(-10 * MINUTE);
    // Gone, and not only out of date.
    expect(await actions.confirmReplace('c-1')).toMatchObject({ code: 'nothing-to-confirm' });
  });

  it('replaces with a whole .env as well, with app id and secret where it has both', async () => {
    const { actions, calls } = open();
    await actions.replace({ connection: 'c-1', token: `WHATSAPP_ACCESS_TOKEN=${TOKEN}\nFACEBOOK_APP_ID=11\nFACEBOOK_APP_SECRET=${SECRET}`, app: null });
    await actions.replace({ connection: 'c-1', token: `WHATSAPP_ACCESS_TOKEN=${TOKEN}\nFACEBOOK_APP_ID=11`, app: null });
    expect(calls).toEqual([
      { asked: 'replace', id: 'c-1', input: { token: TOKEN, app: { appId: '11', appSecret: SECRET }, confirmed: false } },
      { asked: 'replace', id: 'c-1', input: { token: TOKEN, app: null, confirmed: false } },
    ]);
  });

  it('knows what is under way until all of it has ended, also where the keeper fails', async () => {
    let finish = (): void => undefined;
    const { actions, busy } = open({
      refresh: () => new Promise((resolve) => (finish = () => resolve(outcome()))),
      check: () => Promise.reject(new Error('full')),
    });
    const refreshing = actions.refresh('c-1');
    await expect(actions.check('c-1')).rejects.toThrow('full');
    expect(actions.busy).toEqual(['c-1']);
    finish();
    await refreshing;
    expect(actions.busy).toEqual([]);
    expect(busy).toEqual([['c-1'], ['c-1'], ['c-1'], []]);
  });
});
