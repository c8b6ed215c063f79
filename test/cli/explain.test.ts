import { describe, expect, it } from 'vitest';
import { runCli } from './house.ts';

const EXPIRED = '{"error":{"message":"Error validating access token: Session has expired on Tuesday, 22-Jul-25 05:00:00 PDT.","type":"OAuthException","code":190,"error_subcode":463}}';
const TOKEN = 'EAATestExplainNotReal0123456789';

describe('evertoken explain', () => {
  it('says what happened, when, who must act and what to do, without any Evertoken running', async () => {
    const { exit, out, err } = await runCli(['explain'], { stdin: EXPIRED });
    expect([exit, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      'The token has expired.',
      expect.stringMatching(/^It expired on 2[23] July 2025 at \d\d:\d\d\.$/),
      'Waiting does not help: somebody must change something.',
      expect.stringMatching(/^An expired token cannot be renewed by anyone\. .*https:/),
      '(expired, Meta’s code 190/463)',
      '',
    ]);
  });

  it('says that waiting helps where it does', async () => {
    const { out } = await runCli(['explain'], { stdin: '(#4) Application request limit reached' });
    expect(out).toContain('It passes by itself: wait, then try again.');
  });

  it('says nothing of waiting where there is no error', async () => {
    const { out } = await runCli(['explain'], { stdin: 'Good morning' });
    expect(out).toBe('There is no error of Meta’s in this text.\nPaste the lines around the moment when it went wrong.\n(not_an_error)\n');
  });

  it('answers in JSON', async () => {
    const { exit, out } = await runCli(['explain', '--json'], { stdin: EXPIRED });
    expect([exit, JSON.parse(out)]).toEqual([0, expect.objectContaining({ cause: 'expired', expiredAt: '2025-07-22T12:00:00Z', humanMustAct: true, code: 190, subcode: 463 })]);
  });

  it('never repeats what it was given', async () => {
    for (const argv of [['explain'], ['explain', '--json']]) {
      const { out, err } = await runCli(argv, { stdin: `Malformed access token ${TOKEN}` });
      expect(out).toContain('malformed_token');
      expect(out + err).not.toContain('EAATest');
    }
  });

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${EXPIRED}`, 'utf16le')],
    ['broken UTF-8', Buffer.concat([Buffer.from([0xff, 0xc3, 0x28, 0]), Buffer.from(EXPIRED)])],
  ])('reads %s', async (_what, stdin) => {
    expect((await runCli(['explain'], { stdin })).out).toContain('The token has expired.');
  });

  it.each([
    ['nothing', '', 'no-text-given'],
    ['blanks', ' \n', 'no-text-given'],
    ['too much', Buffer.alloc(32_000_001, 'a'), 'text-too-large'],
  ])('refuses %s', async (_what, stdin, code) => {
    const { exit, out } = await runCli(['explain', '--json'], { stdin });
    expect(exit).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code } });
  });

  it('tells a person at the terminal how to go on', async () => {
    const { err } = await runCli(['explain'], { stdin: EXPIRED, terminal: true });
    expect(err).toContain('Ctrl-D');
  });
});
