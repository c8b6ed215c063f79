/** The line by which the app says that it is up begins so. */
export const SIGN = 'Evertoken is in the tray';

/**
 * Where output goes, such as process.stdout.
 * @typedef {{ write(chunk: Buffer): unknown }} Sink
 */

/**
 * What the app says until it is up, and after.
 * @typedef {object} Output
 * @property {Promise<'up'>} up settles when it says that it is up
 * @property {() => void} showErrors hands standard error on, what was held back first
 * @property {() => string} errors what was held back
 * @property {() => void} close stops listening
 */

/**
 * Passes an app's standard output on. Its standard error is held back at first: where the app cannot run, one sentence
 * says so in the place of what Chromium has to say about it.
 * @param {{ stdout: import('node:stream').Readable, stderr: import('node:stream').Readable }} app
 * @param {Sink} stdout
 * @param {Sink} stderr
 * @returns {Output}
 */
export function listenTo(app, stdout, stderr) {
  /** @type {Buffer[]} */
  const held = [];
  let shown = false;
  app.stderr.on('data', (/** @type {Buffer} */ chunk) => {
    if (shown) stderr.write(chunk);
    else held.push(chunk);
  });
  return {
    up: new Promise((resolve) => {
      let line = '';
      let found = false;
      app.stdout.on('data', (/** @type {Buffer} */ chunk) => {
        stdout.write(chunk);
        if (found) return;
        const lines = (line + chunk.toString('utf8')).split('\n');
        line = lines.pop() ?? '';
        found = lines.some((text) => text.startsWith(SIGN));
        if (found) resolve('up');
      });
    }),
    showErrors: () => {
      shown = true;
      for (const chunk of held.splice(0)) stderr.write(chunk);
    },
    errors: () => Buffer.concat(held).toString('utf8'),
    // Helpers of a crashed app may still hold the pipes, and through them this process.
    close: () => {
      app.stdout.destroy();
      app.stderr.destroy();
    },
  };
}
