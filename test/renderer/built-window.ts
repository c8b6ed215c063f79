import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A file of the built window. */
export interface WindowFile {
  readonly type: string;
  readonly body: Buffer;
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the window as the product is built, but into memory: files by their path. */
export async function buildWindow(): Promise<ReadonlyMap<string, WindowFile>> {
  const before = process.env['NODE_ENV'];
  const built = await build({ root, mode: 'production', configFile: `${root}/vite.config.window.ts`, logLevel: 'warn', build: { write: false } });
  // The build sets it; the tests themselves are no production.
  process.env['NODE_ENV'] = before;
  if (!('output' in built)) throw new Error('The window is one bundle');
  return new Map(
    built.output.map((file) => {
      const type = TYPES[file.fileName.split('.').at(-1) ?? ''];
      if (type === undefined) throw new Error(`A file of no known type: ${file.fileName}`);
      return [file.fileName, { type, body: Buffer.from(file.type === 'chunk' ? file.code : file.source) }] as const;
    }),
  );
}
