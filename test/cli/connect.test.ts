import { describe, expect, it } from 'vitest';
import { outcome } from '../fakes/keeper.ts';
import { openEvertoken } from './house.ts';

const TOKEN = 'EAATestCliTokenNotReal0123456789';
const SECRET = 'test0secret0not0real0';
const input = { token: TOKEN, label: null, environment: null, appId: null, appSecret: null, phoneNumberId: null, wabaId: null, source: 'connect' };

describe('evertoken connect', () => {
  it('takes everything from options and files', async () => {
    const { cli, calls, file } = await openEvertoken();
    await file('token.txt', TOKEN);
    await file('secret.txt', `"${SECRET}"\n`);
    const ran = await cli(['connect', '--label', 'My shop', '--environment', 'test', '--app-id', '11', '--phone-number-id', '22', '--waba-id', '33', '--token-file', 'token.txt', '--app-secret-file', 'secret.txt']);
    expect(ran).toEqual({ exit: 0, out: 'Connected.\n', err: '', questions: [] });
    expect(calls).toEqual([{ asked: 'connect', input: { ...input, label: 'My shop', environment: 'test', appId: '11', appSecret: SECRET, phoneNumberId: '22', wabaId: '33' } }]);
  });

  it.each([['of its own accord', ['connect']], ['asked for', ['connect', '--token-file', '-']]])('takes the token from standard input, %s', async (_name, argv) => {
    const { cli, calls } = await openEvertoken();
    const ran = await cli(argv, { stdin: `${TOKEN}\n` });
    expect([ran.exit, calls]).toEqual([0, [{ asked: 'connect', input: { ...input, token: `${TOKEN}\n` } }]]);
  });

  it('takes the app secret from standard input and the token from a file', async () => {
    const { cli, calls, file } = await openEvertoken();
    await file('token.txt', TOKEN);
    const ran = await cli(['connect', '--app-id', '11', '--token-file', 'token.txt', '--app-secret-file', '-'], { stdin: `${SECRET}\n` });
    expect([ran.exit, calls]).toEqual([0, [{ asked: 'connect', input: { ...input, appId: '11', appSecret: SECRET } }]]);
  });

  it('asks at a terminal, unseen; for the app secret only with an app id', async () => {
    const { cli, calls } = await openEvertoken();
    const short = await cli(['connect'], { terminal: true, answers: [TOKEN] });
    const long = await cli(['connect', '--app-id', '11'], { terminal: true, answers: [TOKEN, SECRET] });
    expect([short.questions.map(({ hidden }) => hidden), long.questions.map(({ hidden }) => hidden)]).toEqual([[true], [true, true]]);
    expect(calls).toEqual([
      { asked: 'connect', input },
      { asked: 'connect', input: { ...input, appId: '11', appSecret: SECRET } },
    ]);
  });

  it('Enter leaves the app secret out', async () => {
    const { cli, calls } = await openEvertoken();
    await cli(['connect', '--app-id', '11'], { terminal: true, answers: [TOKEN, ''] });
    expect(calls).toEqual([{ asked: 'connect', input: { ...input, appId: '11' } }]);
  });

  it('shows warnings, and exits 1 where the keeper refused', async () => {
    const { cli, answers } = await openEvertoken({ connect: async () => outcome({ message: 'Connected.', details: ['The number is not checked.'] }) });
    expect((await cli(['connect'], { stdin: TOKEN })).out).toBe('Connected.\n  - The number is not checked.\n');
    const refused = outcome({ ok: false, code: 'cut-off', message: 'The token is cut off. Copy all of it.', connection: null });
    answers.connect = async () => refused;
    expect(await cli(['connect'], { stdin: TOKEN })).toMatchObject({ exit: 1, out: 'The token is cut off. Copy all of it.\n', err: '' });
    const asJson = await cli(['connect', '--json'], { stdin: TOKEN });
    expect([asJson.exit, JSON.parse(asJson.out)]).toEqual([1, refused]);
  });

  it.each([
    ['nothing on standard input', ['connect'], { stdin: '' }, /No token came through/],
    ['both from standard input', ['connect', '--token-file', '-', '--app-secret-file', '-'], { stdin: TOKEN }, /only one of the two/],
    ['no file', ['connect', '--token-file', 'gone.txt'], {}, /There is no file gone\.txt/],
    ['a folder', ['connect', '--token-file', '.'], {}, /\. is a folder/],
    ['a megabyte', ['connect'], { stdin: 'x'.repeat(1_000_001) }, /larger than 1 MB/],
    ['too much', ['connect'], { stdin: 'x'.repeat(60_001) }, /far too long/],
    ['given up at the terminal', ['connect'], { terminal: true, answers: [null] }, /Cancelled\. Nothing was changed/],
    ['an option unknown', ['connect', '--tokn-file', 'x'], {}, /Unknown option '--tokn-file'.*--token-file/],
    ['a command unknown', ['conect'], {}, /Unknown command 'conect'/],
    ['too many words', ['connect', 'a', 'b'], {}, /Too many arguments/],
    ['an option without its value', ['connect', '--label'], {}, /argument missing/],
  ])('%s: exit 2, a sentence, nothing asked of the keeper', async (_name, argv, world, says) => {
    const { cli, calls } = await openEvertoken();
    const ran = await cli(argv, world);
    expect([ran.exit, ran.out, calls]).toEqual([2, '', []]);
    expect(ran.err).toMatch(says);
    expect(ran.err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    ['empty', '\n', /is empty/],
    ['of two words', 'one two', /more than one word/],
    ['that is a token', TOKEN, /holds an access token/],
  ])('an app secret file %s', async (_name, content, says) => {
    const { cli, calls, file } = await openEvertoken();
    await file('secret.txt', content);
    const ran = await cli(['connect', '--app-secret-file', 'secret.txt'], { stdin: TOKEN });
    expect([ran.exit, calls]).toEqual([2, []]);
    expect(ran.err).toMatch(says);
    expect(ran.err).not.toContain(TOKEN);
  });
});

describe('secrets as arguments', () => {
  const opaque = 'f'.repeat(70);
  const hex = '0123456789abcdef0123456789abcdef';
  it.each([
    ['--token', ['connect', '--token', TOKEN], '--token-file'],
    ['--token=', ['connect', `--token=${opaque}`], '--token-file'],
    ['--token with a harmless value', ['connect', '--token', 'x'], '--token-file'],
    ['--access-token', ['connect', '--access-token', 'x'], '--token-file'],
    ['--app-secret', ['connect', '--app-secret', hex], '--app-secret-file'],
    ['--app-secret=', ['connect', `--app-secret=${hex}`], '--app-secret-file'],
    ['--secret', ['connect', '--secret', hex], '--app-secret-file'],
    ['--key', ['status', '--key', 'x'], 'finds the API key by itself'],
    ['a positional', ['connect', TOKEN], '--token-file'],
    ['a long opaque positional', ['replace', opaque], '--token-file'],
    ['a token where a file name belongs', ['connect', '--token-file', TOKEN], '--token-file'],
    ['a token behind a mistyped option', ['connect', `--tokn=${TOKEN}`], '--token-file'],
    ['an app secret where a file name belongs', ['connect', '--app-secret-file', hex], '--app-secret-file'],
    ['an app secret as app id', ['connect', `--app-id=${hex}`], '--app-secret-file'],
    ['an app token', ['connect', `1234567890|${hex}`], '--token-file'],
    ['a header', ['connect', 'Authorization: Bearer abc'], '--token-file'],
  ])('%s: refused without repeating it', async (_name, argv, says) => {
    const { cli, calls } = await openEvertoken();
    for (const more of [[], ['--json']]) {
      const ran = await cli([...argv, ...more], { stdin: TOKEN });
      expect([ran.exit, calls]).toEqual([2, []]);
      expect(ran.out + ran.err).toContain('Secrets are never given as an argument');
      expect(ran.out + ran.err).toContain(says);
      for (const secret of [TOKEN, opaque, hex]) expect(ran.out + ran.err).not.toContain(secret);
    }
  });

  it('a mistyped option does not repeat its value, nor a long word', async () => {
    const { cli } = await openEvertoken();
    const value = await cli(['connect', '--tokn=hush']);
    const word = await cli(['some-long-secret-word-that-is-no-command']);
    expect([value.exit, word.exit]).toEqual([2, 2]);
    expect(value.err).toContain("'--tokn'");
    expect(value.err + word.err).not.toMatch(/hush|some-long-secret/);
  });

  it("a connection's id may look like an app secret", async () => {
    const { cli, calls } = await openEvertoken();
    const ran = await cli(['refresh', hex]);
    expect([ran.exit, calls]).toEqual([2, []]);
    expect(ran.err).toContain('There is no connection of that name');
  });
});
