import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { z } from 'zod';
import type { Clock } from '../core/ports.ts';
import { clearTemporaries, writeDurably } from './durable-file.ts';
import { ensurePrivateFile } from './private-folder.ts';
import { copyAside } from './set-aside.ts';
import { storageFault } from './storage-fault.ts';

/** One value kept in a JSON file. */
export interface JsonDocument<Value> {
  /** What was read or given to `save` last. */
  get(): Value;
  /** Keeps a value: at once for this run, and on disk once it resolves. Rejects with `StorageFault` where the disk refuses; the value holds for this run all the same. */
  save(value: Value): Promise<void>;
}

/** The document, and what had to be done to open it. */
export interface OpenedDocument<Value> {
  readonly document: JsonDocument<Value>;
  /** Where a broken file was put; null where it was whole or missing. Say it to the owner. */
  readonly setAside: string | null;
}

/** What a document is made of. */
export interface JsonDocumentOptions<Schema extends z.ZodType> {
  /** The data folder, which must exist. */
  readonly folder: string;
  /** File name without `.json`. */
  readonly name: string;
  readonly schema: Schema;
  /** What stands for a file that is missing or broken. */
  readonly empty: z.output<Schema>;
  readonly clock: Pick<Clock, 'now'>;
  /** True for what costs the owner nothing: a file that may not be read then counts as missing. */
  readonly mayBeLost?: boolean;
}

/**
 * Opens `NAME.json` (0600) in the data folder. A broken file is put aside as `NAME.corrupt-TIME.json`. Rejects with `StorageFault` where
 * the file may not be read, or not be put aside: an empty value would then be written over what may be good.
 */
export async function openJsonDocument<Schema extends z.ZodType>(options: JsonDocumentOptions<Schema>): Promise<OpenedDocument<z.output<Schema>>> {
  const { folder, name, schema, empty, clock, mayBeLost = false } = options;
  const file = join(folder, `${name}.json`);
  try {
    const text = await readIfThere(file);
    if (text === null) return { document: keep(file, empty), setAside: null };
    const parsed = parse(text, schema);
    if (parsed.ok) return { document: keep(file, parsed.value), setAside: null };
    return { document: keep(file, empty), setAside: await putAside(file, clock.now()) };
  } catch (error) {
    if (mayBeLost) return { document: keep(file, empty), setAside: null };
    throw storageFault(error, file);
  }
}

/** A value that is written to `file`, one save after the other, so that the last one is the one on disk. */
function keep<Value>(file: string, first: Value): JsonDocument<Value> {
  let value = first;
  const saves = pLimit(1);
  return {
    get: () => value,
    save(next) {
      value = next;
      return saves(async () => {
        try {
          await writeDurably(file, `${JSON.stringify(next)}\n`);
        } catch (error) {
          throw storageFault(error, file);
        }
      });
    },
  };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    await clearTemporaries(file);
    await ensurePrivateFile(file);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function parse<Schema extends z.ZodType>(text: string, schema: Schema): { readonly ok: true; readonly value: z.output<Schema> } | { readonly ok: false } {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false };
  } catch {
    return { ok: false };
  }
}

/** Copied and then removed, so that it is somewhere at every moment. */
async function putAside(file: string, now: number): Promise<string> {
  const aside = await copyAside(file, now);
  await rm(file);
  return aside;
}
