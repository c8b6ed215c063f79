import { createServer } from 'node:http';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from '../../src-main/adapters/folder-lock.ts';
import { AnswerTimeout } from '../../src-main/cli/http.ts';
import type { StatusAnswer } from '../../src-main/contract/status.ts';
import type { Health } from '../../src-main/core/health/health.ts';
import type { ReplaceInput } from '../../src-main/keeper/api.ts';
import { alertView, connectionView, outcome, statusOf } from '../fakes/keeper.ts';
import { dataFolderWithKey, openEvertoken, runCli } from './house.ts';

const TOKEN = 'EAATestReplaceNotReal0123456789';
const SECRET = 'test0secret0not0real0';
const two = statusOf([connectionView({ id: 'c-main', label: 'Main shop' }), connectionView({ id: 'c-test', label: 'Test shop' })]);

describe('evertoken status', () => {
  const health: readonly (readonly [Health, number])[] = [
    ['healthy', 0], ['unreachable', 0], ['soon', 1], ['urgent', 1], ['expired', 1], ['revoked', 1], ['access-lost', 1], ['unknown', 1],
  ];
  it.each(health)('%s → exit %i', async (state, exit) => {
    const { cli } = await openEvertoken({ status: statusOf([connectionView(), connectionView({ id: 'c-2', health: state, reasonCodes: ['x'] })]) });
    expect((await cli(['status'])).exit).toBe(exit);
  });

  const others: readonly (readonly [name: string, status: StatusAnswer, exit: number])[] = [
    ['not checked yet', statusOf([connectionView({ health: 'unknown', reasonCodes: ['not-checked'] })]), 0],
    ...(['expiry', 'data-access', 'cannot-extend', 'renewal-failing', 'access-lost', 'revoked', 'app-credentials-refused', 'secret-lost', 'app-secret-lost', 'fallback-in-use', 'keychain-locked', 'kept-in-memory'] as const).map(
      (code) => [`a warning of ${code}`, statusOf([connectionView({ alerts: [alertView({ code })] })]), 1] as const,
    ),
    ...(['renewal-worse', 'scopes-lost', 'memory-only', 'one-of-tomorrow'] as const).map((code) => [`a warning of ${code}`, statusOf([connectionView({ alerts: [alertView({ code })] })]), 0] as const),
    ['a warning that was acknowledged', statusOf([connectionView({ alerts: [alertView({ acknowledgedAt: '2030-01-01T11:00:00.000Z' })] })]), 0],
    ['an urgent alert', statusOf([connectionView({ alerts: [alertView({ severity: 'urgent' })] })]), 1],
    ['an urgent alert of the app', statusOf([connectionView()], [alertView({ severity: 'urgent', acknowledgedAt: '2030-01-01T11:00:00.000Z' })]), 1],
    ['a warning of the app', statusOf([connectionView()], [alertView({ code: 'memory-only' })]), 0],
    ['nothing connected', statusOf([]), 1],
  ];
  it.each(others)('%s → exit', async (_name, status, exit) => {
    const { cli } = await openEvertoken({ status });
    expect((await cli(['status'])).exit).toBe(exit);
  });

  it('--json is the answer of the server as it came', async () => {
    const { cli } = await openEvertoken({ status: two });
    const ran = await cli(['--json', 'status']);
    expect([ran.exit, JSON.parse(ran.out), ran.err]).toEqual([0, { ...two, deliveries: [] }, '']);
  });

  it('says everything in words, without colour in a pipe', async () => {
    const view = connectionView({ health: 'soon', reasons: ['It ends soon.', 'Meta will not extend it.'], advice: 'Make a new token.', alerts: [alertView()], lastRenewal: '2029-12-31T12:00:00.000Z' });
    const { cli } = await openEvertoken({ status: { ...statusOf([view]), vault: { kind: 'memory', locked: false, note: 'Tokens are kept in memory only.' } } });
    const { out } = await cli(['status']);
    for (const words of ['Main shop (production): needs you soon', 'long-lived token, …abcd 12ab34cd', '(in 59 days)', '(in 30 days)', '(24 hours ago)', 'It ends soon.', 'Meta will not extend it.', 'Make a new token.', 'Notice: The token ends in 7 days', '[expiry]', 'Tokens are kept in memory only.']) {
      expect(out).toContain(words);
    }
    expect(out).not.toContain('\u001b');
  });

  it('says once that there is no keychain', async () => {
    const words = 'Tokens are kept in memory only.';
    const view = connectionView({ alerts: [alertView({ id: 'c-main/memory-only/vault', code: 'memory-only', text: `Main shop: ${words}` }), alertView()] });
    const { cli } = await openEvertoken({ status: { ...statusOf([view], [alertView({ id: 'app/memory-only/vault', code: 'memory-only', text: words })]), vault: { kind: 'memory', locked: false, note: words } } });
    const { out } = await cli(['status']);
    expect(out.split(words)).toHaveLength(2);
    expect(out).toContain('Notice: The token ends in 7 days');
  });

  it('what has just happened was just now, and nothing that happened lies ahead', async () => {
    const view = connectionView({ lastCheck: '2030-01-01T11:59:30.000Z', lastRenewal: '2030-01-01T18:00:00.000Z', nextRenewal: '2030-01-01T18:00:00.000Z' });
    const { cli } = await openEvertoken({ status: statusOf([view]) });
    const { out } = await cli(['status']);
    expect(out).toMatch(/Last check .*\(just now\)\n/);
    expect(out).toMatch(/Last renewal .*\(just now\)\n/);
    expect(out).toMatch(/Next renewal .*\(in 6 hours\)\n/);
  });

  it.each([
    ['replace-token', 'npx evertoken replace'],
    ['give-app', 'npx evertoken replace --app-id ID --app-secret-file FILE'],
    ['unlock', 'npx evertoken refresh'],
    ['refresh', 'npx evertoken refresh'],
    ['check', 'npx evertoken check'],
    ['choose-number', 'npx evertoken choose-number ID'],
  ] as const)('names the command that does what the advice says: %s', async (cure, command) => {
    const { cli } = await openEvertoken({ status: statusOf([connectionView({ cure })]) });
    expect((await cli(['status'])).out).toContain(`  Command       ${command}\n`);
  });

  it('names no command where there is nothing to type', async () => {
    const { cli } = await openEvertoken({ status: statusOf([connectionView({ reasonCodes: ['healthy', 'unreachable'], cure: null })]) });
    expect((await cli(['status'])).out).not.toContain('Command');
  });

  it('a token that never expires says never', async () => {
    const { cli } = await openEvertoken({ status: statusOf([connectionView({ kind: 'never-expiring', expiresAt: null })]) });
    expect((await cli(['status'])).out).toMatch(/Expires +never\n/);
  });

  it('colours a terminal, unless NO_COLOR', async () => {
    const { cli } = await openEvertoken();
    expect((await cli(['status'], { terminal: true })).out).toContain('\u001b[32mhealthy\u001b[0m');
    expect((await cli(['status'], { terminal: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
  });

  it('lets no label repaint the terminal', async () => {
    const { cli } = await openEvertoken({ status: statusOf([connectionView({ label: 'a\u001b[2Jb\u202ec', reasons: ['x\ny\u0007'] })]) });
    const { out } = await cli(['status']);
    expect(out).toContain('a[2Jbc (production)');
    expect(out).toContain('x y');
    for (const character of ['\u001b', '\u202e', '\u0007']) expect(out).not.toContain(character);
  });
});

describe('evertoken refresh, check', () => {
  it.each([['the only one', undefined, ['refresh'], 'c-main'], ['by label', two, ['refresh', 'test shop'], 'c-test'], ['by id', two, ['check', 'c-test'], 'c-test']])('%s', async (_name, status, argv, id) => {
    const { cli, calls } = await openEvertoken(status === undefined ? {} : { status });
    const ran = await cli(argv);
    expect([ran.exit, calls]).toEqual([0, [{ asked: argv[0], id }]]);
  });

  it('exits 1 where it did not work, 2 where it is not clear which one', async () => {
    const { cli, calls } = await openEvertoken({ status: two, refresh: async () => outcome({ ok: false, code: 'unreachable', message: 'Meta did not answer.' }) });
    expect(await cli(['refresh', 'c-main'])).toMatchObject({ exit: 1, out: 'Meta did not answer.\n' });
    const unclear = await cli(['refresh', '--json']);
    expect([unclear.exit, JSON.parse(unclear.out), calls.length]).toMatchObject([2, { error: { type: 'EvertokenError', code: 'which-connection' } }, 1]);
  });

  it('a failure inside the server is exit 1 with its sentence', async () => {
    const { cli } = await openEvertoken({ refresh: async () => Promise.reject(new Error('broken')) });
    expect(await cli(['refresh'])).toMatchObject({ exit: 1, out: '', err: 'Something went wrong inside Evertoken. Nothing was lost. Try again; if it stays, the log says more.\n' });
  });
});

describe('evertoken choose-number', () => {
  it('names the number and the connection', async () => {
    const { cli, calls } = await openEvertoken({ status: two });
    expect(await cli(['choose-number', '400000000000002', 'test shop'])).toMatchObject({ exit: 0, out: 'Chosen.\n' });
    expect(calls).toEqual([{ asked: 'chooseNumber', id: 'c-test', phoneNumberId: '400000000000002' }]);
  });

  it('without a number is wrong usage', async () => {
    const { cli, calls } = await openEvertoken();
    expect((await cli(['choose-number'])).exit).toBe(2);
    expect(calls).toEqual([]);
  });
});

describe('evertoken replace', () => {
  const differs = outcome({ ok: false, code: 'confirm', message: 'It differs.', details: ['It belongs to another user.'] });
  const asking = { replace: async (_id: string, { confirmed }: ReplaceInput) => (confirmed ? outcome({ message: 'Replaced.' }) : differs) };
  const plain = { token: TOKEN, app: null, confirmed: false };

  it('sends the token, and the app where it changes', async () => {
    const { cli, calls, file } = await openEvertoken({ status: two });
    await file('secret.txt', SECRET);
    expect((await cli(['replace', 'Test shop', '--app-id', '11', '--app-secret-file', 'secret.txt'], { stdin: TOKEN })).exit).toBe(0);
    expect(calls).toEqual([{ asked: 'replace', id: 'c-test', input: { ...plain, app: { appId: '11', appSecret: SECRET } } }]);
  });

  it('without a terminal: states the differences, exit 1, changes nothing', async () => {
    const { cli, calls } = await openEvertoken(asking);
    const ran = await cli(['replace'], { stdin: TOKEN });
    expect([ran.exit, calls]).toEqual([1, [{ asked: 'replace', id: 'c-main', input: plain }]]);
    expect(ran.out).toMatch(/It differs\.\n {2}- It belongs to another user\.\n.*--yes/);
  });

  it('at a terminal: asks; yes sends it again confirmed, no leaves it', async () => {
    const { cli, calls } = await openEvertoken(asking);
    const yes = await cli(['replace'], { terminal: true, answers: [TOKEN, 'y'] });
    expect([yes.exit, yes.out, yes.questions.map(({ hidden }) => hidden)]).toEqual([0, 'Replaced.\n', [true, false]]);
    expect(yes.err).toContain('It belongs to another user.');
    for (const answer of ['', 'n', null]) {
      expect(await cli(['replace'], { terminal: true, answers: [TOKEN, answer] })).toMatchObject({ exit: 1, out: 'Nothing was changed.\n' });
    }
    expect(calls.map((call) => call.asked === 'replace' && call.input.confirmed)).toEqual([false, true, false, false, false]);
  });

  it('--yes confirms at once', async () => {
    const { cli, calls } = await openEvertoken(asking);
    expect((await cli(['replace', '--yes'], { stdin: TOKEN })).exit).toBe(0);
    expect(calls).toEqual([{ asked: 'replace', id: 'c-main', input: { ...plain, confirmed: true } }]);
  });

  describe('app id and app secret alone', () => {
    const kept = { token: null, app: { appId: '11', appSecret: SECRET }, confirmed: false };
    const argv = ['replace', '--app-id', '11', '--app-secret-file', 'secret.txt'];

    it('keeps the token in use, and says so', async () => {
      const { cli, calls, file } = await openEvertoken();
      await file('secret.txt', SECRET);
      const ran = await cli(argv);
      expect([ran.exit, calls]).toEqual([0, [{ asked: 'replace', id: 'c-main', input: kept }]]);
      expect(ran.out).toBe('No new token was given: Evertoken keeps the token in use and takes the new app id and app secret for it.\nReplaced.\n');
    });

    it('the app secret through standard input', async () => {
      const { cli, calls } = await openEvertoken();
      expect((await cli(['replace', '--app-id', '11', '--app-secret-file', '-'], { stdin: SECRET })).exit).toBe(0);
      expect(calls).toEqual([{ asked: 'replace', id: 'c-main', input: kept }]);
    });

    it('at a terminal an empty answer keeps the token, another is the new token, none cancels', async () => {
      const { cli, calls } = await openEvertoken();
      const ran = await cli(['replace', '--app-id', '11'], { terminal: true, answers: ['', SECRET] });
      expect([ran.exit, ran.questions[0]]).toEqual([0, { question: 'New token (not shown; leave empty to keep the one in use): ', hidden: true }]);
      expect((await cli(['replace', '--app-id', '11'], { terminal: true, answers: [TOKEN, SECRET] })).exit).toBe(0);
      expect((await cli(['replace', '--app-id', '11'], { terminal: true, answers: [null] })).exit).toBe(2);
      expect(calls.map((call) => call.asked === 'replace' && call.input.token)).toEqual([null, TOKEN]);
    });

    it('without an app id nothing at all is still no token', async () => {
      const { cli, calls } = await openEvertoken();
      expect(await cli(['replace'])).toMatchObject({ exit: 2, out: '' });
      expect(calls).toEqual([]);
    });
  });

  it('half an app is refused', async () => {
    const { cli, calls, file } = await openEvertoken();
    await file('secret.txt', SECRET);
    const idOnly = await cli(['replace', '--app-id', '11'], { stdin: TOKEN });
    const secretOnly = await cli(['replace', '--app-secret-file', 'secret.txt'], { stdin: TOKEN });
    expect([idOnly.exit, secretOnly.exit, calls]).toEqual([2, 2, []]);
    expect(idOnly.err).toContain('belong together');
  });
});

describe('evertoken remove', () => {
  it('asks first', async () => {
    const { cli, calls } = await openEvertoken();
    expect(await cli(['remove'], { terminal: true, answers: ['n'] })).toMatchObject({ exit: 1, err: 'Nothing was removed.\n' });
    expect(calls).toEqual([]);
    expect(await cli(['remove'], { terminal: true, answers: ['yes'] })).toMatchObject({ exit: 0, out: 'Removed.\n' });
    expect(calls).toEqual([{ asked: 'remove', id: 'c-main' }]);
  });

  it('without a terminal needs --yes', async () => {
    const { cli, calls } = await openEvertoken();
    expect(await cli(['remove', 'c-main'])).toMatchObject({ exit: 2, out: '' });
    expect(calls).toEqual([]);
    expect((await cli(['remove', 'c-main', '--yes'])).exit).toBe(0);
    expect(calls).toEqual([{ asked: 'remove', id: 'c-main' }]);
  });
});

describe('evertoken acknowledge', () => {
  const first = alertView({ id: 'c-main/revoked/token', code: 'revoked' });
  const second = alertView({ id: 'app/memory-only/vault', code: 'memory-only' });
  it('the only open one, or the one named', async () => {
    const { cli, calls, answers } = await openEvertoken({ status: statusOf([connectionView({ alerts: [first] })]) });
    expect((await cli(['acknowledge'])).exit).toBe(0);
    answers.status = statusOf([connectionView({ alerts: [first] })], [second]);
    expect((await cli(['acknowledge', second.id])).exit).toBe(0);
    expect(calls).toEqual([{ asked: 'acknowledge', id: first.id }, { asked: 'acknowledge', id: second.id }]);
    expect(await cli(['acknowledge'])).toMatchObject({ exit: 2, err: `Say which alert was seen. Open: memory-only, revoked\n` });
    expect((await cli(['acknowledge', 'nothing/like/it'])).exit).toBe(2);
    answers.status = statusOf([connectionView()]);
    expect(await cli(['acknowledge'])).toMatchObject({ exit: 0, out: 'There is nothing to acknowledge.\n' });
    expect(calls).toHaveLength(2);
  });
});

describe('naming an alert', () => {
  const mine = alertView({ id: 'c-main/expiry/token-1', code: 'expiry' });
  const lost = alertView({ id: 'c-main/access-lost/token-1', code: 'access-lost' });
  const other = alertView({ id: 'c-test/expiry/token-2', code: 'expiry' });
  const status = statusOf([connectionView({ alerts: [mine, lost] }), connectionView({ id: 'c-test', label: 'Test shop', alerts: [other] })]);

  it.each([
    ['its id', ['c-main/expiry/token-1'], mine.id],
    ['a code that no other has', ['access-lost'], lost.id],
    ['a code in capitals', ['ACCESS-LOST'], lost.id],
    ['how only its id begins', ['c-test'], other.id],
    ['a code within a connection', ['expiry', 'Test shop'], other.id],
  ])('%s', async (_name, words, id) => {
    const { cli, calls } = await openEvertoken({ status });
    expect((await cli(['acknowledge', ...words])).exit).toBe(0);
    expect(calls).toEqual([{ asked: 'acknowledge', id }]);
  });

  it.each([
    ['a code of two', ['expiry'], 'Say which alert was seen. Open: c-main/expiry/token-1, c-test/expiry/token-2\n'],
    ['a beginning of two', ['c-main'], 'Say which alert was seen. Open: expiry, access-lost\n'],
    ['no such connection', ['expiry', 'nowhere'], 'There is no connection'],
    ['an alert of another connection', ['access-lost', 'c-test'], 'There is no alert of that name. Open: expiry\n'],
  ])('%s is not enough', async (_name, words, sentence) => {
    const { cli, calls } = await openEvertoken({ status });
    const ran = await cli(['acknowledge', ...words]);
    expect([ran.exit, calls]).toEqual([2, []]);
    expect(ran.err).toContain(sentence);
  });

  it('a code means the one that is open, where another was seen already', async () => {
    const seen = { ...mine, acknowledgedAt: '2030-01-01T11:00:00.000Z' };
    const { cli, calls } = await openEvertoken({ status: statusOf([connectionView({ alerts: [seen] }), connectionView({ id: 'c-test', alerts: [other] })]) });
    expect((await cli(['acknowledge', 'expiry'])).exit).toBe(0);
    expect(calls).toEqual([{ asked: 'acknowledge', id: other.id }]);
  });

  it('the status shows the names that can be typed', async () => {
    const { cli } = await openEvertoken({ status });
    const { out } = await cli(['status']);
    for (const name of ['[access-lost]', '[c-main/expiry/token-1]', '[c-test/expiry/token-2]']) expect(out).toContain(name);
  });
});

describe('evertoken key', () => {
  it('at a terminal only', async () => {
    const { cli, key, folder } = await openEvertoken();
    expect((await cli(['key'], { terminal: true })).out).toBe(`${key}\n`);
    for (const argv of [['key'], ['key', '--json']]) {
      const ran = await cli(argv, { terminal: argv.length > 1 });
      expect(ran.exit).toBe(2);
      expect(ran.out + ran.err).toContain(join(folder, 'api-key'));
      expect(ran.out + ran.err).not.toContain(key);
    }
  });
});

describe('finding the running Evertoken', () => {
  it('not running: exit 2 and how to start it', async () => {
    const { cli, close, port } = await openEvertoken();
    await close();
    expect(await cli(['status'])).toMatchObject({ exit: 2, err: `Evertoken is not running: nothing answers on port ${port} of this computer. Start it with: npm start, or without a screen: npm run serve\n` });
    expect(JSON.parse((await cli(['status', '--json'])).out)).toMatchObject({ error: { code: 'not-running' } });
  });

  it('somebody holds the folder and does not answer: says so, whether or not there was a key before', async () => {
    const { cli, close, folder } = await openEvertoken();
    await close();
    const lock = await lockFolder(folder, { onLost: () => undefined });
    const ran = await cli(['status']);
    expect([ran.exit, ran.err]).toEqual([2, 'Evertoken is running, but the command line cannot reach it. It may still be starting: try again in a moment. If that stays so, quit Evertoken and start it again.\n']);
    await rm(join(folder, 'api-key'));
    expect(JSON.parse((await cli(['status', '--json'])).out)).toMatchObject({ error: { code: 'no-door' } });
    if (lock.ok) await lock.release();
    expect(JSON.parse((await cli(['status', '--json'])).out)).toMatchObject({ error: { code: 'not-started' } });
  });

  it('never started with this folder', async () => {
    const ran = await runCli(['status', '--data-dir', '/nonexistent/evertoken']);
    expect([ran.exit, ran.out]).toEqual([2, '']);
    expect(ran.err).toMatch(/has not been started with the data folder \/nonexistent\/evertoken yet\. Start it with: npm start, or without a screen: npm run serve\. If/);
  });

  it('a damaged key file has its sentence, not its content', async () => {
    const { folder } = await dataFolderWithKey();
    await writeFile(join(folder, 'api-key'), 'damaged-content');
    const ran = await runCli(['status', '--data-dir', folder]);
    expect([ran.exit, ran.err.includes('is damaged'), ran.err.includes('damaged-content')]).toEqual([2, true, false]);
  });

  it('another Evertoken on the port', async () => {
    const { port } = await openEvertoken();
    const { folder } = await dataFolderWithKey();
    const ran = await runCli(['status', '--data-dir', folder, '--port', String(port)]);
    expect([ran.exit, ran.err]).toEqual([2, `The Evertoken on port ${port} of this computer does not take the key in ${folder}. It runs with another data folder: name that with --data-dir, or its port with --port.\n`]);
  });

  it('folder and port from the environment; the flag wins; a relative folder counts from here', async () => {
    const { folder, port } = await openEvertoken();
    const env = { EVERTOKEN_DATA_DIR: folder, EVERTOKEN_PORT: String(port) };
    expect((await runCli(['status'], { env })).exit).toBe(0);
    expect((await runCli(['status'], { env: { ...env, EVERTOKEN_PORT: '1' } })).exit).toBe(2);
    expect((await runCli(['status', '--port', String(port)], { env: { ...env, EVERTOKEN_PORT: '1' } })).exit).toBe(0);
    expect((await runCli(['status', '--data-dir', '.'], { cwd: folder, env: { EVERTOKEN_DATA_DIR: '/nonexistent' } })).exit).toBe(0);
  });

  it.each(['0', '65536', '28743x', '-1', ''])('port "%s" is none', async (port) => {
    const { cli } = await openEvertoken();
    expect(await cli(['status', `--port=${port}`])).toMatchObject({ exit: 2, err: 'A port is a whole number from 1 to 65535.\n' });
  });

  it.each([
    ['a page', 200, '<html>hello</html>'],
    ['other JSON', 200, '{"hello":1}'],
    ['an error of another kind', 404, '{"error":"no"}'],
  ])('another program on the port: %s', async (_name, status, body) => {
    const stranger = createServer((_request, response) => void response.writeHead(status).end(body));
    await new Promise<void>((resolve) => void stranger.listen(0, '127.0.0.1', resolve));
    const address = stranger.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { folder } = await dataFolderWithKey();
    const ran = await runCli(['status', '--data-dir', folder, '--port', String(port)]);
    stranger.close();
    expect([ran.exit, ran.out]).toEqual([2, '']);
    expect(ran.err).toContain(`What answers on port ${port} of this computer does not sound like Evertoken.`);
  });

  it.each([
    ['that claims to be well', { ok: true }, 'does not sound like Evertoken'],
    ['that makes a proof up', { ok: true, proof: '0'.repeat(64) }, 'does not take the key'],
    ['whose proof is none', { ok: true, proof: 'yes' }, 'does not take the key'],
  ])('a stranger on the port %s is told nothing', async (_name, answer, words) => {
    const heard: string[] = [];
    const stranger = createServer((request, response) => {
      heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
      response.end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => void stranger.listen(0, '127.0.0.1', resolve));
    const address = stranger.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { folder, key } = await dataFolderWithKey();
    const ran = await runCli(['connect', '--data-dir', folder, '--port', String(port)], { stdin: TOKEN });
    stranger.close();
    expect([ran.exit, heard.length]).toEqual([2, 1]);
    expect(ran.err).toContain(words);
    expect(heard.join('')).toMatch(/^GET \/healthz\?nonce=[\w-]{32} /);
    for (const secret of [key, TOKEN, 'authorization']) expect(heard.join('')).not.toContain(secret);
  });

  it('a stranger that passes the question on to the real one is found out', async () => {
    const { folder, port: real } = await openEvertoken();
    const passedOn: (string | undefined)[] = [];
    const relay = createServer((request, response) => {
      const { authorization } = request.headers;
      passedOn.push(authorization);
      void fetch(`http://127.0.0.1:${real}${request.url}`, { headers: authorization === undefined ? {} : { authorization } }).then(async (answer) => response.end(await answer.text()));
    });
    await new Promise<void>((resolve) => void relay.listen(0, '127.0.0.1', resolve));
    const address = relay.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ran = await runCli(['status', '--data-dir', folder, '--port', String(port)]);
    relay.close();
    expect([ran.exit, ran.out, passedOn]).toEqual([2, '', [undefined]]);
  });

  it('--graph-url is taken, checked, and changes nothing', async () => {
    const { cli } = await openEvertoken();
    expect((await cli(['status', '--graph-url', 'https://graph.facebook.com'])).exit).toBe(0);
    const wrong = await cli(['status', '--graph-url', 'http://graph.facebook.com']);
    expect([wrong.exit, wrong.out]).toEqual([2, '']);
    expect(wrong.err).toContain('must begin with https://');
    expect((await runCli(['--help'])).out).not.toContain('--graph-url');
  });

  it('no answer in time is exit 1, for it may still be at work', async () => {
    const { cli } = await openEvertoken();
    const never = async (): Promise<never> => Promise.reject(new AnswerTimeout());
    expect(await cli(['status'], { askHttp: never })).toMatchObject({ exit: 1, err: 'Evertoken did not answer within 10 seconds. It may still be at work; see: npx evertoken status\n' });
  });

  it('whatever breaks, no stack trace', async () => {
    const { cli, answers } = await openEvertoken();
    answers.status = { ...statusOf([]), connections: [null] as never };
    const ran = await cli(['status']);
    expect(ran).toMatchObject({ exit: 1, out: '', err: 'Something went wrong inside the command line. See how things stand with: npx evertoken status\n' });
  });
});

describe('help', () => {
  it('shows the commands; nothing asked is exit 2', async () => {
    const help = await runCli(['--help']);
    expect([help.exit, help.err]).toEqual([0, '']);
    for (const command of ['connect', 'import-env', 'replace', 'status', 'refresh', 'remove', 'acknowledge', 'deliver', 'deliveries', 'keys', 'key', 'open']) expect(help.out).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    const nothing = await runCli([]);
    expect([nothing.exit, nothing.out]).toEqual([2, '']);
    expect(nothing.err).toContain('Usage: evertoken');
  });
});

describe('progress', () => {
  it('is said at a terminal after a while, and wiped out', async () => {
    const { cli } = await openEvertoken({ refresh: () => new Promise((resolve) => void setTimeout(() => resolve(outcome()), 400)) });
    expect((await cli(['refresh'], { terminal: true })).err).toBe('Asking Meta …\r\u001b[K');
    expect((await cli(['refresh'])).err).toBe('');
  });
});

describe('files of others', () => {
  it('a key file open to others is closed to them', async () => {
    const { cli, folder } = await openEvertoken();
    await chmod(join(folder, 'api-key'), 0o644);
    await cli(['status']);
    expect((await stat(join(folder, 'api-key'))).mode & 0o777).toBe(0o600);
  });

  it('a token from a pipe such as <(command) is read', async () => {
    const { spawnSync, spawn } = await import('node:child_process');
    const { cli, calls } = await openEvertoken();
    const folder = await mkdtemp(join(tmpdir(), 'evertoken-pipe-'));
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const writer = spawn('sh', ['-c', `printf %s ${TOKEN} > ${pipe}`]);
    const ran = await cli(['connect', '--token-file', pipe]);
    writer.kill();
    await rm(folder, { recursive: true });
    expect([ran.exit, calls]).toMatchObject([0, [{ asked: 'connect', input: { token: TOKEN } }]]);
  });
});
