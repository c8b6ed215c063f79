import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** How long (ms) after a line end more of the same paste may still come. */
const REST_OF_PASTE = 60;

/**
 * Asks at the terminal and resolves to the answer, or to null where the person gave up. A hidden answer is not
 * echoed: the line editor writes into nothing. A token pasted from a page may hold line breaks; lines that
 * arrive together are one answer.
 */
export function askAtTerminal(input: NodeJS.ReadableStream, output: NodeJS.WritableStream, question: string, hidden: boolean): Promise<string | null> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines: string[] = [];
  return new Promise((resolve) => {
    const editor = createInterface({ input, output: hidden ? nowhere : output, terminal: true, historySize: 0 });
    let timer: NodeJS.Timeout | undefined;
    let finished = false;
    const finish = (answer: string | null): void => {
      if (finished) return;
      finished = true;
      clearTimeout(timer);
      editor.close();
      if (hidden) output.write('\n');
      resolve(answer);
    };
    if (hidden) output.write(question);
    else {
      editor.setPrompt(question);
      editor.prompt();
    }
    editor.on('line', (line) => {
      lines.push(line);
      clearTimeout(timer);
      timer = setTimeout(() => finish(lines.join('\n')), hidden ? REST_OF_PASTE : 0);
    });
    editor.once('SIGINT', () => finish(null));
    editor.once('close', () => (lines.length === 0 ? finish(null) : undefined));
  });
}
