import { parse } from 'dotenv';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvValues, setEnvValue } from '../../src-main/core/delivery/env-text.ts';
import { buildDeliveryHouse } from './delivery-house.ts';
import { readDockerEnvFile } from './docker-env-file.ts';
import { EMPTY_SAMPLES, MARK, SAMPLES } from './env-samples.ts';

const KEY = 'WHATSAPP_ACCESS_TOKEN';
const OLD = 'EAAGold7Zc0ldOldOldOldOldOldOldOldOldOld1234';
const NEW = 'EAAGnewQk9NewNewNewNewNewNewNewNewNewNewNewNewNewNewNew5678';

const filled = (text: string, value: string): string => text.replaceAll(MARK, value);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertoken-styles-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Has a token delivered into a file with these bytes, whatever stood there being dead; answers the bytes after it. */
async function deliverInto(before: string): Promise<Buffer> {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.env`);
  await writeFile(file, before, 'latin1');
  const house = buildDeliveryHouse({ token: NEW });
  house.keeper.answers.replace = async () => ({ ok: false, code: 'expired', message: 'The token has expired. Nothing was changed.', connection: null, details: [] });
  const outcome = await house.deliveries.addEnvFile({ connection: 'c-main', file, variable: KEY, keepBackup: false });
  await house.deliveries.close();
  expect(outcome).toMatchObject({ ok: true, code: 'added' });
  return readFile(file);
}

it('there are forty files and more', () => {
  expect(SAMPLES.length + EMPTY_SAMPLES.length).toBeGreaterThanOrEqual(60);
});

describe.each(SAMPLES)('a file: $name', ({ text }) => {
  it('differs in its value only, byte for byte', async () => {
    expect((await deliverInto(filled(text, OLD))).toString('latin1')).toBe(filled(text, NEW));
  });

  it('tells what it holds, and is not written again', () => {
    expect(readEnvValues(filled(text, OLD), KEY)).toEqual(Array.from({ length: text.split(MARK).length - 1 }, () => OLD));
    expect(setEnvValue(filled(text, NEW), KEY, NEW)).toEqual({ ok: true, text: filled(text, NEW), changed: false });
  });

  it('is read by dotenv and by Docker as it was before', () => {
    const [before, after] = [filled(text, OLD), filled(text, NEW)].map((one) => Buffer.from(one, 'latin1'));
    const exchanged = (values: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.replace(OLD, NEW)]));
    expect(parse(before ?? '')[KEY]).toBe(OLD);
    expect(parse(after ?? '')).toEqual(exchanged(parse(before ?? '')));
    const docker = readDockerEnvFile(before ?? Buffer.alloc(0));
    expect(readDockerEnvFile(after ?? Buffer.alloc(0))).toEqual(docker === null ? null : exchanged(docker));
  });
});

describe.each(EMPTY_SAMPLES)('a file without the value: $name', ({ before, after }) => {
  it('gets it, and nothing else changes', async () => {
    const written = await deliverInto(before);
    expect(written.toString('latin1')).toBe(after.replaceAll('{}', NEW));
    const others = ([name]: [string, string]): boolean => name !== KEY;
    expect(parse(written)[KEY]).toBe(NEW);
    expect(Object.entries(parse(written)).filter(others)).toEqual(Object.entries(parse(Buffer.from(before, 'latin1'))).filter(others));
  });
});

it('Docker reads an appended token, and plain ones of most files', () => {
  const read = SAMPLES.filter(({ text }) => readDockerEnvFile(Buffer.from(filled(text, NEW), 'latin1'))?.[KEY] === NEW);
  expect(read.length).toBeGreaterThan(15);
  expect(readDockerEnvFile(Buffer.from(`PORT=1\n${KEY}=${NEW}\n`))).toEqual({ PORT: '1', [KEY]: NEW });
});
