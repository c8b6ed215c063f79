// Runs the real keytar for a test, one JSON request a line on stdin, one JSON answer a line on stdout. Plain
// JavaScript, so that Node 20 runs it as it is: each test gives it a D-Bus session of its own, and a native call that
// hangs or crashes costs this process and not the test's.
import { createInterface } from 'node:readline';
import keytar from 'keytar';

/** @type {Record<string, (args: string[]) => Promise<unknown>>} */
const calls = {
  getPassword: ([service = '', account = '']) => keytar.getPassword(service, account),
  setPassword: ([service = '', account = '', password = '']) => keytar.setPassword(service, account, password),
  deletePassword: ([service = '', account = '']) => keytar.deletePassword(service, account),
};

/** @param {unknown} answer */
function send(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

/** @param {{ id: number, call: string, args: string[] }} request */
async function serve({ id, call, args }) {
  try {
    const begin = calls[call];
    if (begin === undefined) throw new Error(`no such call: ${call}`);
    send({ id, ok: true, value: (await begin(args)) ?? null });
  } catch (error) {
    send({ id, ok: false, message: error instanceof Error ? error.message : String(error) });
  }
}

createInterface({ input: process.stdin }).on('line', (line) => {
  void serve(/** @type {{ id: number, call: string, args: string[] }} */ (JSON.parse(line)));
});
