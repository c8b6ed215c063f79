import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvConnection } from '../../src-main/env/env-file.ts';
import { openEvertoken } from '../cli/house.ts';

const TOKEN = 'EAATestEnvTokenNotReal0123456789';
const OTHER = 'EAATestEnvOtherNotReal0123456789';
const SECRET = 'test0secret0not0real0';

function found(text: string) {
  const step = readEnvConnection(text, '.env');
  if (!step.ok) throw new Error(step.message);
  return step.value;
}

describe('evertoken import-env', () => {
  it('takes the three values of a bot and hands them on', async () => {
    const { cli, calls, file } = await openEvertoken();
    await file('.env', `# bot\r\nWHATSAPP_ACCESS_TOKEN="${TOKEN}"\r\nFACEBOOK_APP_ID=11\r\nexport FACEBOOK_APP_SECRET='${SECRET}'\r\nWEBHOOK_VERIFY_TOKEN=x\r\n`);
    const ran = await cli(['import-env', '.env', '--label', 'Bot', '--environment', 'test']);
    const input = { token: TOKEN, label: 'Bot', environment: 'test', appId: '11', appSecret: SECRET, phoneNumberId: null, wabaId: null, source: 'import' };
    expect([ran.exit, calls]).toEqual([0, [{ asked: 'connect', input }]]);
    expect(ran.out).toContain('Taken: the access token from WHATSAPP_ACCESS_TOKEN.');
    expect(ran.out).toContain('Not in the file: the phone number id (WHATSAPP_PHONE_NUMBER_ID).');
    expect(ran.out).toContain('Connected.');
    expect(ran.out + ran.err).not.toMatch(new RegExp(`${TOKEN}|${SECRET}`));
  });

  it('needs no more than the token; --json carries the notes', async () => {
    const { cli, calls, file } = await openEvertoken();
    await file('bot.env', `\ufeffWHATSAPP_TOKEN=${TOKEN}`);
    const ran = await cli(['import-env', 'bot.env', '--json']);
    const printed = JSON.parse(ran.out) as { readonly notes: readonly string[] };
    expect(printed).toMatchObject({ ok: true, code: 'connected' });
    expect(printed.notes[0]).toBe('Taken: the access token from WHATSAPP_TOKEN.');
    expect(calls).toMatchObject([{ asked: 'connect', input: { token: TOKEN, appId: null, appSecret: null } }]);
  });

  const utf16 = Buffer.from(`\ufeffWHATSAPP_ACCESS_TOKEN=${TOKEN}`, 'utf16le');
  it.each([
    ['missing', null, 'gone.env', /There is no file gone\.env/],
    ['a folder', null, 'folder', /folder is a folder/],
    ['below a file', 'A=1', 'file.env/x', /There is no file/],
    ['larger than a megabyte', 'x'.repeat(1_000_001), 'file.env', /larger than 1 MB/],
    ['binary', Buffer.from([1, 2, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11]), 'file.env', /is not a text file/],
    ['UTF-16', utf16, 'file.env', /saved as UTF-16/],
    ['UTF-16 without its mark', utf16.subarray(2), 'file.env', /saved as UTF-16/],
    ['Latin-1', Buffer.from([0x41, 0x3d, 0xe9]), 'file.env', /not UTF-8/],
    ['empty', '', 'file.env', /holds no access token under a name/],
    ['without a token', 'WHATSAPP_VERIFY_TOKEN=abc\nOPENAI_API_KEY=def', 'file.env', /holds no access token under a name/],
    ['with an empty token', 'META_ACCESS_TOKEN=\n', 'file.env', /META_ACCESS_TOKEN in file\.env is empty/],
    ['with two tokens', `WHATSAPP_TOKEN=${TOKEN}\nMETA_ACCESS_TOKEN=${OTHER}`, 'file.env', /two different values for the access token: WHATSAPP_TOKEN and META_ACCESS_TOKEN/],
  ])('%s: exit 2, a sentence of its own, nothing changed', async (_name, content, name, says) => {
    const { cli, calls, file, folder } = await openEvertoken();
    await mkdir(join(folder, 'folder'));
    if (content !== null) await file('file.env', content);
    const ran = await cli(['import-env', name]);
    expect([ran.exit, ran.out, calls]).toEqual([2, '', []]);
    expect(ran.err).toMatch(says);
    expect(ran.err).not.toMatch(new RegExp(`${TOKEN}|${OTHER}`));
  });
});

describe('the names in a .env', () => {
  it.each([
    'WHATSAPP_ACCESS_TOKEN', 'META_ACCESS_TOKEN', 'WHATSAPP_TOKEN', 'WA_TOKEN', 'WHATSAPP_API_TOKEN', 'CLOUD_API_ACCESS_TOKEN', 'GRAPH_API_TOKEN', 'ACCESS_TOKEN',
    'whatsapp_access_token', 'whatsappAccessToken', 'Meta_Access_Token', 'VITE_WHATSAPP_TOKEN', 'NEXT_PUBLIC_ACCESS_TOKEN', 'REACT_APP_META_ACCESS_TOKEN',
  ])('%s is a token', (name) => {
    expect(found(`${name}=${TOKEN}`).token).toBe(TOKEN);
  });

  it.each(['WHATSAPP_VERIFY_TOKEN', 'VERIFY_TOKEN', 'WEBHOOK_TOKEN', 'TELEGRAM_TOKEN', 'SLACK_ACCESS_TOKEN', 'INSTAGRAM_ACCESS_TOKEN', 'REFRESH_TOKEN'])('%s is none', (name) => {
    expect(readEnvConnection(`${name}=${TOKEN}`, '.env')).toMatchObject({ ok: false, code: 'env-no-token' });
  });

  it.each([
    ['appId', ['FACEBOOK_APP_ID', 'FB_APP_ID', 'META_APP_ID', 'APP_ID']],
    ['phoneNumberId', ['WHATSAPP_PHONE_NUMBER_ID', 'PHONE_NUMBER_ID', 'WHATSAPP_PHONE_ID', 'PHONE_ID']],
    ['wabaId', ['WABA_ID', 'WHATSAPP_BUSINESS_ACCOUNT_ID', 'BUSINESS_ACCOUNT_ID']],
    ['appSecret', ['FACEBOOK_APP_SECRET', 'META_APP_SECRET', 'FB_APP_SECRET', 'APP_SECRET', 'WHATSAPP_APP_SECRET']],
  ] as const)('%s under its names', (field, names) => {
    expect(names.map((name) => found(`ACCESS_TOKEN=${TOKEN}\n${name}=123456`)[field])).toEqual(names.map(() => '123456'));
  });

  it('a surer name wins, and what was passed over is said', () => {
    const { token, notes } = found(`ACCESS_TOKEN=${OTHER}\nMETA_ACCESS_TOKEN=${OTHER}\nWHATSAPP_ACCESS_TOKEN=${TOKEN}`);
    expect([token, notes[0]]).toEqual([TOKEN, 'Taken: the access token from WHATSAPP_ACCESS_TOKEN; ACCESS_TOKEN, META_ACCESS_TOKEN says something else and was passed over.']);
  });

  it('the same value under two names is no contradiction', () => {
    expect(found(`WHATSAPP_TOKEN=${TOKEN}\nMETA_ACCESS_TOKEN=${TOKEN}`).token).toBe(TOKEN);
  });

  it("leaves out a template's leftovers, and says so", () => {
    const { appId, appSecret, notes } = found(`WHATSAPP_TOKEN=${TOKEN}\nAPP_ID=your_app_id\nAPP_SECRET=your_app_secret`);
    expect([appId, appSecret]).toEqual([null, null]);
    expect(notes).toEqual(expect.arrayContaining(['APP_ID was left out: an id has digits only.', 'APP_SECRET was left out: it still holds a placeholder.']));
  });

  it('warns of names that frameworks build into pages', () => {
    expect(found(`VITE_WHATSAPP_TOKEN=${TOKEN}`).notes.join(' ')).toContain('Careful: names like VITE_WHATSAPP_TOKEN are often built into web pages');
    expect(found(`WHATSAPP_TOKEN=${TOKEN}`).notes.join(' ')).not.toContain('Careful');
  });
});
