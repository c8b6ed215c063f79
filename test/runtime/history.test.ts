import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLog, type OpenLog } from '../../src-main/adapters/log.ts';
import { createRedactor } from '../../src-main/core/redact.ts';
import { DAY, HOUR, isoTime, MINUTE } from '../../src-main/core/time.ts';
import { dateWords } from '../../src-main/core/words/dates.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { createHistory, type History } from '../../src-main/runtime/history.ts';
import { expectPlain } from '../core/words/plain.ts';
import { buildKeeperHouse, type KeeperHouse, keychainLike } from '../keeper/keeper-house.ts';

const START = Date.UTC(2030, 0, 15, 12);
let folder = '';
let now = START;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertoken-history-'));
  now = START;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A log with its history, as one run of the keeper has them. Each line is `pace` ms after the one before. */
async function run(pace = MINUTE): Promise<{ readonly history: History; readonly log: OpenLog }> {
  const history = createHistory(folder);
  const clock = { now: () => (now += pace), monotonic: () => now };
  return { history, log: await openLog({ folder, redact: (text) => text, clock, mirror: (line) => history.take(line) }) };
}

function texts(history: History, connection: string | null = null): string[] {
  return history.entries(connection).map(({ text }) => text);
}

const WELL = { valid: true, access: 'proved', cause: null, validUntil: 'never' };
const WELL_TEXT = 'The token was checked: it is valid and never expires.';
const AWAY = { valid: null, access: 'proved', cause: 'network' };
const AWAY_TEXT = 'The token could not be checked. Meta could not be reached.';

describe('the history of one run', () => {
  it('tells the newest first, of one connection or of all and the app', async () => {
    const { history, log } = await run();
    log.write('info', 'started');
    log.write('info', 'token-promoted', { connection: 'c-one', label: 'One', source: 'connect', validUntil: 'never' });
    log.write('info', 'token-promoted', { connection: 'c-two', label: 'Two', source: 'connect', validUntil: 'never' });
    await log.close();
    const one = { at: isoTime(START + 2 * MINUTE), connection: 'c-one', tone: 'good', text: '“One” was connected. Its token is valid and never expires.' };
    expect(history.entries(null)).toEqual([
      { at: isoTime(START + 3 * MINUTE), connection: 'c-two', tone: 'good', text: '“Two” was connected. Its token is valid and never expires.' },
      one,
      { at: isoTime(START + MINUTE), connection: null, tone: 'plain', text: 'Evertoken was started.' },
    ]);
    expect(history.entries('c-one')).toEqual([one]);
    expect(history.entries('c-none')).toEqual([]);
  });

  it('keeps the latest of checks that found the same, per connection', async () => {
    const { history, log } = await run();
    for (let n = 0; n < 50; n += 1) for (const connection of ['c-one', 'c-two']) log.write('info', 'checked', { connection, ...WELL });
    log.write('info', 'checked', { connection: 'c-one', ...WELL, validUntil: null });
    await log.close();
    expect(history.entries(null)).toEqual([
      { at: isoTime(START + 101 * MINUTE), connection: 'c-one', tone: 'good', text: 'The token was checked: it is valid.' },
      { at: isoTime(START + 100 * MINUTE), connection: 'c-two', tone: 'good', text: WELL_TEXT },
      { at: isoTime(START + 99 * MINUTE), connection: 'c-one', tone: 'good', text: WELL_TEXT },
    ]);
  });

  it('says since when trouble lasts, also where two troubles take turns, and begins anew after a good check', async () => {
    const { history, log } = await run();
    for (let n = 0; n < 30; n += 1) {
      log.write('warn', 'checked', { connection: 'c-one', ...AWAY });
      log.write('warn', 'renewal-ended', { connection: 'c-one', result: 'unreachable', cause: 'network' });
    }
    log.write('info', 'checked', { connection: 'c-one', ...WELL });
    log.write('warn', 'checked', { connection: 'c-one', ...AWAY });
    await log.close();
    expect(texts(history)).toEqual([
      AWAY_TEXT,
      WELL_TEXT,
      `The token could not be renewed just now. Meta could not be reached. Evertoken tries again by itself. It has been like this since ${dateWords(START + 2 * MINUTE)}.`,
      `${AWAY_TEXT} It has been like this since ${dateWords(START + MINUTE)}.`,
    ]);
  });

  it('keeps runs apart that have nothing to do with each other, and passes alerts over', async () => {
    const { history, log } = await run();
    for (let n = 0; n < 10; n += 1) {
      log.write('warn', 'renewal-ended', { connection: 'c-one', result: 'no-progress', early: true });
      log.write('info', 'checked', { connection: 'c-one', ...WELL });
      if (n === 5) log.write('warn', 'alert-told', { id: 'c-one/data-access/1', text: 'One: It ends.' });
    }
    await log.close();
    expect(texts(history)).toEqual([WELL_TEXT, expect.stringContaining(`since ${dateWords(START + MINUTE)}.`), 'One: It ends.']);
  });

  it('begins anew after another token was put to use', async () => {
    const { history, log } = await run();
    log.write('info', 'checked', { connection: 'c-one', ...WELL });
    log.write('info', 'token-promoted', { connection: 'c-one', source: 'replacement', validUntil: 'never' });
    log.write('info', 'checked', { connection: 'c-one', ...WELL });
    await log.close();
    expect(texts(history)).toEqual([WELL_TEXT, 'The token was replaced. The new one is valid and never expires.', WELL_TEXT]);
  });

  it('shows each time what is news in itself', async () => {
    const { history, log } = await run();
    for (let n = 0; n < 3; n += 1) log.write('info', 'started');
    for (let n = 0; n < 2; n += 1) log.write('warn', 'connect', { code: 'empty' });
    await log.close();
    expect(texts(history)).toHaveLength(5);
  });

  it('shows 200, and of a connection among many those that are its own', async () => {
    const { history, log } = await run();
    log.write('info', 'token-promoted', { connection: 'c-one', label: 'One', source: 'connect', validUntil: 'never' });
    for (let n = 0; n < 900; n += 1) log.write('info', 'started');
    expect(texts(history)).toHaveLength(200);
    expect(texts(history, 'c-one')).toHaveLength(1);
    for (let n = 0; n < 100; n += 1) log.write('info', 'started');
    await log.close();
    expect(texts(history, 'c-one')).toEqual([]);
  });

  it('takes any line without harm', () => {
    const history = createHistory(folder);
    for (const line of ['', 'null', '7', '[]', '{', '{"at":1,"event":"started"}', '{"event":"started"}', '{"at":"2030-01-15T12:00:00.000Z","event":["started"]}']) history.take(line);
    expect(history.entries(null)).toEqual([]);
  });
});

describe('the history after a restart', () => {
  it('goes on from what is in the log', async () => {
    const first = await run();
    first.log.write('info', 'token-promoted', { connection: 'c-one', label: 'One', source: 'connect', validUntil: 'never' });
    first.log.write('info', 'remove', { connection: 'c-one', label: 'One', code: 'removed' });
    first.log.write('info', 'checked', { connection: 'c-two', ...WELL });
    first.log.write('info', 'stopped');
    await first.log.close();
    const second = await run();
    second.log.write('info', 'started');
    second.log.write('info', 'checked', { connection: 'c-two', ...WELL });
    expect(texts(second.history)).toEqual([WELL_TEXT, 'Evertoken was started.']);
    await second.history.recall();
    const all = [WELL_TEXT, 'Evertoken was started.', 'Evertoken was stopped.', '“One” was removed.', '“One” was connected. Its token is valid and never expires.'];
    expect(texts(second.history)).toEqual(all);
    expect(texts(second.history, 'c-one')).toEqual(all.slice(3));
    second.log.write('info', 'stopped');
    expect(texts(second.history)).toEqual(['Evertoken was stopped.', ...all]);
    await second.log.close();
  });

  it('tells no line twice, whether or not it has reached the disk when the log is read', async () => {
    const first = await run();
    first.log.write('info', 'started');
    await first.log.close();
    const second = await run();
    second.log.write('info', 'started');
    second.log.write('info', 'stopped');
    await second.log.close();
    await second.history.recall();
    second.history.take(JSON.stringify({ at: isoTime(START + DAY), level: 'info', event: 'keychain-came' }));
    expect(texts(second.history)).toEqual(['The keychain can be reached now.', 'Evertoken was stopped.', 'Evertoken was started.', 'Evertoken was started.']);
  });

  it('tells apart two runs that wrote the very same lines, under a clock that stands', async () => {
    const first = await run(0);
    first.log.write('info', 'started');
    first.log.write('info', 'stopped');
    await first.log.close();
    const second = await run(0);
    second.log.write('info', 'started');
    await second.log.close();
    await second.history.recall();
    expect(texts(second.history)).toEqual(['Evertoken was started.', 'Evertoken was stopped.', 'Evertoken was started.']);
  });

  it('still knows since when the trouble of this run lasts', async () => {
    const first = await run();
    first.log.write('info', 'stopped');
    await first.log.close();
    const second = await run();
    for (let n = 0; n < 3; n += 1) second.log.write('warn', 'checked', { connection: 'c-one', ...AWAY });
    await second.log.close();
    await second.history.recall();
    expect(texts(second.history)).toEqual([`${AWAY_TEXT} It has been like this since ${dateWords(START + 2 * MINUTE)}.`, 'Evertoken was stopped.']);
  });

  it('knows since when trouble lasts that began before', async () => {
    const first = await run();
    first.log.write('warn', 'checked', { connection: 'c-one', ...AWAY });
    await first.log.close();
    const second = await run();
    second.log.write('warn', 'checked', { connection: 'c-one', ...AWAY });
    await second.log.close();
    await second.history.recall();
    expect(texts(second.history)).toEqual([`${AWAY_TEXT} It has been like this since ${dateWords(START + MINUTE)}.`]);
  });

  it('reaches back past thousands of calls to Meta, and passes broken lines over', async () => {
    const first = await run();
    first.log.write('info', 'stopped');
    await first.log.close();
    const call = JSON.stringify({ at: isoTime(START), level: 'info', event: 'graph-call', call: 'debug_token', status: 200, cause: null, code: null, ms: 90 });
    appendFileSync(join(folder, 'evertoken.log'), `{"at":"2030-01-15T12:00\n\u0000\n${`${call}\n`.repeat(3_000)}{"at":"20`);
    const history = createHistory(folder);
    await history.recall();
    expect(texts(history)).toEqual(['Evertoken was stopped.']);
  });

  it('is empty where there is no log', async () => {
    const history = createHistory(join(folder, 'missing'));
    await history.recall();
    expect(history.entries(null)).toEqual([]);
  });
});

describe("the keeper's log as a history", () => {
  let house: KeeperHouse;
  let vault: ReturnType<typeof keychainLike>;
  let history: History;
  let written: string[];
  let log: OpenLog;

  beforeEach(async () => {
    vault = keychainLike();
    house = await buildKeeperHouse(vault);
    const redactor = createRedactor();
    history = createHistory(folder);
    written = [];
    log = await openLog({ folder, redact: (text) => redactor.redact(text), clock: house.ports.clock, mirror: (line) => (written.push(line), history.take(line)) });
    Object.assign(house.ports, { log });
    await house.restart();
  });
  afterEach(() => Promise.all([house.stop(), log.close()]));

  const issue = (expiresInMs: number | null = 60 * DAY): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs });
  const latest = (): string | undefined => texts(history)[0];

  it('tells of a connection from its beginning to its end, in plain words', async () => {
    const until = (ms: number): string => dateWords(house.now() + ms);
    const { connection } = await house.connect({ token: issue() });
    const id = connection ?? '';
    expect(texts(history)).toEqual([`“Shop” was connected. Its token is valid until ${until(60 * DAY)}.`]);

    await house.keeper.check(id);
    expect(latest()).toBe(`The token was checked: it is valid until ${until(60 * DAY)}.`);

    await house.keeper.refresh(id);
    expect(latest()).toMatch(/^Meta gives no longer life to a token this fresh/);
    house.advance(40 * DAY);
    await house.keeper.refresh(id);
    expect(latest()).toBe(`The token was renewed. It is valid until ${until(60 * DAY)}.`);

    house.advance(HOUR);
    await house.keeper.replace(id, { token: issue(), app: null, confirmed: true });
    expect(latest()).toBe(`The token was replaced. The new one is valid until ${until(60 * DAY)}.`);
    await house.keeper.replace(id, { token: null, app: { appId: SHOP.appId, appSecret: SHOP.appSecret }, confirmed: true });
    expect(latest()).toBe(`The app id and the app secret were replaced. The token is valid until ${until(60 * DAY)}.`);

    house.meta.faults.set({ kind: 'error', error: { code: 1, message: 'Error validating client secret.' }, on: 'exchange' });
    await house.keeper.refresh(id);
    house.meta.faults.clear();
    expect(texts(history)).toContainEqual(expect.stringMatching(/^The token could not be renewed\. Meta refuses the app id or the app secret/));

    await house.connect({ token: 'EAA' });
    expect(latest()).toBe('A new connection was not made. What was pasted is no WhatsApp token.');
    expect(history.entries(id)).not.toContainEqual(expect.objectContaining({ text: latest() }));

    const alert = house.only().alerts[0]?.id ?? '';
    await house.keeper.acknowledge(alert);
    expect(latest()).toBe('The warning about the app id and app secret that Meta refuses was marked as seen.');

    await house.keeper.remove(id);
    expect(history.entries(id)[0]).toMatchObject({ connection: id, text: '“Shop” was removed.' });
    for (const text of texts(history)) expectPlain(text.replace(/^Shop: /, ''));
  });

  it('tells of renewals by Evertoken itself, of nothing lost and of what came back', async () => {
    const { connection } = await house.connect({ token: issue() });
    vault.items.clear();
    await house.pass(7 * HOUR, HOUR);
    expect(texts(history, connection)).toContain('A secret of this connection was gone from the keychain; Evertoken put it back.');
    expect(written.find((line) => line.includes('secret-written-back'))).toContain('"vault":"keychain"');
    await house.pass(60 * DAY, 6 * HOUR);
    const renewals = texts(history, connection).filter((text) => text.startsWith('The token was renewed.'));
    expect(renewals.length).toBeGreaterThan(0);
    // Some 240 checks: one entry for each run of them that found the same.
    expect(texts(history).length).toBeLessThan(20);
  });

  it('tells of a token that died, once, with what the alert said', async () => {
    const token = issue();
    const { connection } = await house.connect({ token });
    house.meta.world.revoke(token);
    await house.pass(2 * DAY, HOUR);
    const said = texts(history, connection);
    expect(said.filter((text) => text.startsWith('The token was checked: Meta no longer accepts it.'))).toHaveLength(1);
    expect(said).toContainEqual(expect.stringMatching(/^Shop: Meta ended the token/));
    for (const text of said) expectPlain(text.replace(/^Shop: /, ''));
  });

  it('tells of a number that is out of reach, and why', async () => {
    const { connection } = await house.connect({ token: issue(), phoneNumberId: SHOP.phoneNumberId });
    house.meta.world.unassign(SHOP.robotId, SHOP.wabaId);
    await house.keeper.check(connection ?? '');
    expect(texts(history, connection)).toContainEqual(expect.stringMatching(/^The token was checked: it is valid but does not reach its number\. Meta does not show/));
  });

  it('tells of a token that moves from memory into the keychain', async () => {
    const { vaults } = house.ports;
    Object.assign(vaults, { active: vaults.memory });
    const { connection } = await house.connect({ token: issue() });
    Object.assign(vaults, { active: vault });
    await house.keeper.wake();
    expect(texts(history, connection)).toContain('The token was in memory only and now lies in the keychain.');
    expect(written.filter((line) => line.includes('token-moved-into-vault'))).toEqual([expect.stringContaining('"vault":"keychain"')]);
  });

  it('holds no secret, nor does the log', async () => {
    const token = issue();
    const { connection } = await house.connect({ token });
    await house.keeper.refresh(connection ?? '');
    const all = `${written.join('\n')}\n${JSON.stringify(history.entries(null))}`;
    for (const secret of [token, SHOP.appSecret]) expect(all).not.toContain(secret);
    expect(written.length).toBeGreaterThan(2);
  });
});

describe('what is read', () => {
  it('is left as it was', async () => {
    const text = `${JSON.stringify({ at: isoTime(START), level: 'info', event: 'started' })}\n{"cut`;
    writeFileSync(join(folder, 'evertoken.log'), text);
    const history = createHistory(folder);
    await history.recall();
    expect(texts(history)).toEqual(['Evertoken was started.']);
    expect(readFileSync(join(folder, 'evertoken.log'), 'utf8')).toBe(text);
  });
});
