import { constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { AfterCommand } from '../core/delivery/delivery.ts';
import type { FileWork } from './file-work.ts';

/** What is tried after a name without an ending on Windows, where no shell helps. */
const WINDOWS_ENDINGS: readonly string[] = ['', '.com', '.exe'];

/** A sentence where a command's program is not to be found, or may not be run, as things are now; nothing where it can be started. */
export async function programNotes(work: FileWork, { argv, folder }: AfterCommand, searchPath: string): Promise<readonly string[]> {
  const [program = ''] = argv;
  for (const candidate of candidates(work, program, folder ?? homedir(), searchPath)) {
    if (await isProgram(work, candidate)) return [];
  }
  const where = isPath(work, program) ? 'does not exist, or may not be run' : 'is in none of the folders where programs are looked for';
  return [`“${program}” ${where}, so the command will fail as things are now. Give the program’s full path.`];
}

function candidates({ platform }: FileWork, program: string, folder: string, searchPath: string): readonly string[] {
  const endings = platform === 'win32' ? WINDOWS_ENDINGS : [''];
  const places = isPath({ platform }, program) ? [isAbsolute(program) ? program : resolve(folder, program)] : searchPath.split(delimiter).map((one) => join(one === '' ? folder : one, program));
  return places.flatMap((place) => endings.map((ending) => `${place}${ending}`));
}

function isPath({ platform }: Pick<FileWork, 'platform'>, program: string): boolean {
  return program.includes('/') || (platform === 'win32' && program.includes('\\'));
}

async function isProgram({ fs }: FileWork, path: string): Promise<boolean> {
  try {
    await fs.access(path, constants.X_OK);
    return (await fs.stat(path)).isFile();
  } catch {
    return false;
  }
}
