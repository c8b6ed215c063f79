import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askAtTerminal } from '../../src-main/cli/terminal.ts';

/** Asks, types what is given, and tells the answer with everything that appeared on the screen. */
async function typed(hidden: boolean, type: (input: PassThrough) => void) {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = '';
  output.on('data', (data) => {
    screen += String(data);
  });
  const answer = askAtTerminal(input, output, 'Token: ', hidden);
  type(input);
  return { answer: await answer, screen };
}

describe('asking at the terminal', () => {
  it('a hidden answer never appears', async () => {
    const { answer, screen } = await typed(true, (input) => void input.write('EAATestHidden0123\r'));
    expect([answer, screen]).toEqual(['EAATestHidden0123', 'Token: \n']);
  });

  it('a paste over several lines is one answer', async () => {
    const { answer } = await typed(true, (input) => void input.write('EAATestFirst\nSecond\n'));
    expect(answer).toBe('EAATestFirst\nSecond');
  });

  it('an open answer appears as it is typed', async () => {
    const { answer, screen } = await typed(false, (input) => void input.write('yes\r'));
    expect(answer).toBe('yes');
    expect(screen).toContain('yes');
  });

  it('an empty answer is an answer', async () => {
    expect((await typed(true, (input) => void input.write('\r'))).answer).toBe('');
  });

  it.each([
    ['Ctrl-C', (input: PassThrough) => void input.write('\u0003')],
    ['Ctrl-C half-way', (input: PassThrough) => void input.write('EAATestHalf\u0003')],
    ['Ctrl-D', (input: PassThrough) => void input.write('\u0004')],
    ['the end of input', (input: PassThrough) => void input.end()],
  ])('%s gives up, and shows nothing', async (_name, type) => {
    expect(await typed(true, type)).toEqual({ answer: null, screen: 'Token: \n' });
  });
});
