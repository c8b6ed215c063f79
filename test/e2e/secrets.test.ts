import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { type KeyringSession, startKeyring } from '../keychain/session.ts';
import { keyringHere } from '../requirements.ts';
import { buildHouse, type TrialHouse } from './running-server.ts';
import { filesBelow, foundIn } from './secret-hunt.ts';

/** The error of the crash test, thrown from inside the built program as an error of its own would be. Waits for a file that holds the message. */
const THROW_LATER = `import { existsSync, readFileSync } from 'node:fs';
const file = process.env.TEST_CRASH_MESSAGE;
setInterval(() => {
  if (existsSync(file)) throw new Error(readFileSync(file, 'utf8'));
}, 50).unref();
`;

describe.runIf(keyringHere())('the secret never leaves keychain and memory', () => {
  let meta: PracticeMeta;
  let keyring: KeyringSession;
  let house: TrialHouse;

  beforeEach(async () => {
    meta = await startPracticeMeta({ seed: 21 });
    openShop(meta.world);
    keyring = await startKeyring();
    house = await buildHouse(meta, keyring.env);
  });
  afterEach(async () => {
    await keyring.stop();
    await meta.stop();
    house.cleanUp();
  });

  const apiKey = (): string => readFileSync(join(house.dataFolder, 'api-key'), 'utf8').trim();

  it('is in no file, output, answer or argument list, through a life full of trouble', async () => {
    const robot = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const short = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 2 * HOUR });
    const wrongSecret = 'practice-secret-that-is-wrong-12345678';
    const answers: string[] = [];
    let server = await house.start();
    const seen = async (): Promise<void> => void answers.push(JSON.stringify(await server.status()));

    // Meta echoes tokens in its errors, as it does in life.
    meta.faults.add({ kind: 'wording', wording: { echoToken: true } });
    const refused = await house.cli(['connect', '--app-id', SHOP.appId, '--token-file', house.file('t', short), '--app-secret-file', house.file('s', wrongSecret)]);
    expect(refused.code).toBe(1);
    const connected = await house.cli(['connect', '--app-id', SHOP.appId, '--app-secret-file', house.file('s2', SHOP.appSecret)], short);
    expect(connected, connected.stderr).toMatchObject({ code: 0 });
    await seen();
    answers.push(readFileSync(`/proc/${server.pid}/environ`, 'latin1'));
    answers.push(JSON.stringify(await server.refresh()));

    meta.faults.add({ kind: 'refuse', row: 'cannot_parse', on: 'exchange', times: 1 });
    house.advance(31 * DAY);
    await server.until('checked after a month', (view) => Date.parse(view.lastCheck ?? '') > house.now() - HOUR);
    await seen();
    const replaced = await house.cli(['replace', '--yes', '--token-file', house.file('r', robot)]);
    expect(replaced, replaced.stderr).toMatchObject({ code: 0 });
    await server.kill();
    server = await house.start();
    answers.push(JSON.stringify(await server.refresh()));
    await seen();
    meta.world.removeApp(SHOP.robotId, SHOP.appId);
    meta.world.changePassword(SHOP.ownerId);
    house.advance(DAY);
    await server.until('revoked', (view) => view.health === 'revoked');
    await seen();
    answers.push(JSON.stringify(await server.refresh()));
    await house.cli(['refresh']);
    await house.cli(['status']);
    await house.cli(['status', '--json']);
    await server.stop();

    const secrets = [SHOP.appSecret, wrongSecret, apiKey(), ...meta.world.tokens.all().map((token) => token.value)];
    expect(secrets.length).toBeGreaterThanOrEqual(6);
    // Both programs were seen, and with their whole argument lists.
    expect(house.argumentLists().filter((list) => list.includes('server.js'))).toHaveLength(2);
    expect(house.argumentLists().some((list) => list.includes('cli.js') && list.includes('--app-secret-file'))).toBe(true);
    const places = [
      { path: 'printed', text: house.printed() },
      ...house.argumentLists().map((text) => ({ path: 'argument list', text })),
      ...answers.map((text) => ({ path: 'answer', text })),
      ...filesBelow(house.dataFolder),
    ];
    expect(foundIn(places, secrets)).toEqual([]);
    expect(places.some(({ path, text }) => path.endsWith('evertoken.log') && text.includes('renewal-ended'))).toBe(true);
  });

  it('is in no crash record and not on standard error when an error that holds it ends the program', async () => {
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const message = join(house.dataFolder, '..', 'crash-message');
    const server = await house.start([], { NODE_OPTIONS: `--import ${pathToFileURL(house.file('throw-later.mjs', THROW_LATER)).href}`, TEST_CRASH_MESSAGE: message });
    const connected = await house.cli(['connect', '--app-id', SHOP.appId, '--app-secret-file', house.file('s', SHOP.appSecret)], token);
    expect(connected, connected.stderr).toMatchObject({ code: 0 });

    const secrets = [token, SHOP.appSecret, apiKey()];
    const forms = [...secrets, `${SHOP.appId}|${SHOP.appSecret}`].flatMap((secret) => [secret, encodeURIComponent(secret)]);
    writeFileSync(`${message}.new`, `practice crash: ${forms.join(' , ')}`);
    renameSync(`${message}.new`, message);
    expect(await server.exited).toBe(70);

    const crashes = filesBelow(join(house.dataFolder, 'crashes'));
    expect(crashes.map(({ path }) => /crash-[^/]*\.json$/.test(path))).toEqual([true]);
    expect(crashes[0]?.text).toContain('practice crash: ');
    expect(foundIn([{ path: 'printed', text: house.printed() }, ...filesBelow(house.dataFolder)], [...meta.world.tokens.all().map(({ value }) => value), ...secrets])).toEqual([]);
  });
});
