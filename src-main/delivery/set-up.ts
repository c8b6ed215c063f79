import { randomBytes } from 'node:crypto';
import { dirname, isAbsolute } from 'node:path';
import type { AddEnvFileRequest, SetCommandRequest } from '../contract/deliveries.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { AfterCommand, Delivery, DeliveryState, EnvTarget } from '../core/delivery/delivery.ts';
import { isVariableName } from '../core/delivery/variable-name.ts';
import { SECOND } from '../core/time.ts';
import { type DeliveryBook, isFileDelivery } from './book.ts';
import type { FileWork } from './file-work.ts';
import { placeNotes, placeOf, placeToBe } from './place.ts';
import { readEnvFile } from './read-env-file.ts';
import { systemFault } from './system-fault.ts';
import { backupOf } from './temporary-files.ts';

/** A request that was looked through, or why it is refused. */
export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly outcome: Outcome };

const NEVER_TRIED: DeliveryState = { done: null, fault: null, nextTryAt: null, ownValues: [] };

/** Looks a new file through: whether there is such a folder, and if there is such a file, whether it can be one. Changes nothing. */
export async function checkEnvFile(work: FileWork, book: DeliveryBook, { connection, file, variable, keepBackup }: AddEnvFileRequest): Promise<Checked<EnvTarget>> {
  if (!isAbsolute(file)) return refused(connection, 'relative-path', `Give the whole path of the file, from the root of the disk on, not ${JSON.stringify(file)}.`);
  if (!isVariableName(variable)) return refused(connection, 'bad-variable', 'A variable’s name has letters, digits and underscores only, and begins with no digit: such as WHATSAPP_ACCESS_TOKEN.');
  const reading = await readEnvFile(work, file);
  if (!reading.ok && reading.fault.code === 'folder-gone') return refused(connection, 'folder-gone', `There is no folder ${dirname(file)}. Check the name.`);
  if (!reading.ok && reading.fault.code !== 'vanished') return refused(connection, reading.fault.code, reading.fault.text);
  for (const other of book.all().filter(isFileDelivery)) {
    if (other.to.target.variable !== variable) continue;
    const isSame = other.to.target.file === file || (reading.ok && (await realPath(work, other.to.target.file)) === reading.file.path);
    if (isSame) return refused(connection, 'already-delivered', `Evertoken writes ${variable} into that file already${other.connection === connection ? '' : ', for another connection'}.`);
  }
  try {
    const place = reading.ok ? placeOf(work, reading.file) : await placeToBe(work, file);
    return { ok: true, value: { file, variable, keepBackup, place } };
  } catch (error) {
    return refused(connection, 'folder-gone', systemFault(error, file).text);
  }
}

/** What an owner should know about a file that was just added, beside how its first delivery went. */
export async function fileNotes(work: FileWork, { file, keepBackup, place }: EnvTarget): Promise<readonly string[]> {
  const backup = keepBackup ? [`${backupOf(place?.path ?? file)} is kept from each write to the next. It holds the token before, which may still work: keep it as secret as the file itself.`] : [];
  return [...(place === undefined ? [] : await placeNotes(work, place.path)), ...backup];
}

/** Looks a command through. Whether there is such a program is no reason to refuse it: it may be installed later. */
export async function checkCommand(work: FileWork, { connection, argv, folder, timeoutSeconds }: SetCommandRequest): Promise<Checked<AfterCommand>> {
  if (argv[0] === undefined || argv[0].trim() === '') return refused(connection, 'no-program', 'Name the program to run.');
  if (argv.some((argument) => argument.includes('\0'))) return refused(connection, 'bad-argument', 'An argument holds a sign that no program can be given.');
  if (!Number.isFinite(timeoutSeconds) || timeoutSeconds < 1) return refused(connection, 'bad-time-limit', 'The time limit is at least one second.');
  if (folder !== null && !isAbsolute(folder)) return refused(connection, 'relative-path', 'Give the whole path of the folder that the command runs in.');
  if (folder !== null && !(await isFolder(work, folder))) return refused(connection, 'folder-gone', `There is no folder ${folder}. Check the name.`);
  return { ok: true, value: { argv: [...argv], folder, timeoutMs: timeoutSeconds * SECOND } };
}

/** A new delivery with an id that an owner can type. */
export function newDelivery(book: DeliveryBook, connection: string, to: Delivery['to'], addedAt: number, ownValues: readonly string[] = []): Delivery {
  for (;;) {
    const id = `d-${randomBytes(4).toString('hex')}`;
    if (book.get(id) === null) return { id, connection, to, addedAt, state: { ...NEVER_TRIED, ownValues } };
  }
}

function refused(connection: string, code: string, message: string): { readonly ok: false; readonly outcome: Outcome } {
  return { ok: false, outcome: { ok: false, code, message: `${message} Nothing was changed.`, connection, details: [] } };
}

async function realPath({ fs }: FileWork, file: string): Promise<string | null> {
  try {
    return await fs.realpath(file);
  } catch {
    return null;
  }
}

async function isFolder({ fs }: FileWork, folder: string): Promise<boolean> {
  try {
    return (await fs.stat(folder)).isDirectory();
  } catch {
    return false;
  }
}
