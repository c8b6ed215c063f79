import type { DeliveryFaultCode } from './fault-codes.ts';

/** Why a file could not be read or written: a stable code and a sentence or two for the owner. */
export interface FileFault {
  readonly code: DeliveryFaultCode;
  readonly text: string;
}

/** The faults that are told by a file's name alone. */
export type NamedFault = Exclude<
  DeliveryFaultCode,
  'moved' | 'changed-by-hand' | 'two-values' | 'unproved' | 'unwritable-token' | 'file-trouble' | 'command-not-found' | 'command-failed' | 'command-timeout' | 'command-interrupted'
>;

const WORDS: Readonly<Record<NamedFault, (file: string) => string>> = {
  vanished: (file) => `${file} is gone. Put it back, or deliver again to have it made anew with this one line.`,
  'folder-gone': (file) => `The folder of ${file} is gone. Put it back, or remove this delivery.`,
  'dangling-link': (file) => `${file} is a link to a file that does not exist. Make that file, or name another one.`,
  'link-loop': (file) => `${file} is a link that leads back to itself. Name the file itself.`,
  'is-folder': (file) => `${file} is a folder. Name the file in it.`,
  'not-a-file': (file) => `${file} is a device or a pipe, not a file that can be written. Name another one.`,
  'not-text': (file) => `${file} is not a text file, so nothing was written into it. Name the .env file.`,
  'utf-16': (file) => `${file} is saved as UTF-16, which no bot reads. Open it in an editor and save it as UTF-8.`,
  'too-large': (file) => `${file} is larger than 1 MB. That is not a .env file; name the right one.`,
  'bad-path': (file) => `${JSON.stringify(file)} is no path of a file. Name the .env file.`,
  'own-folder': (file) => `${file} leads into the folder where Evertoken keeps its own files, so nothing was written. Find out who put that link there, and name the .env of your bot.`,
  'read-only': (file) => `${file} is read-only. Allow writing to it, and Evertoken goes on by itself.`,
  'not-allowed': (file) => `Evertoken may not read or write ${file} or its folder. Allow it for the user that Evertoken runs as, and it goes on by itself.`,
  'other-owner': (file) => `${file} belongs to another user, who could not read it any more once Evertoken had written it. Let its group read it, or run Evertoken as that user.`,
  'no-space': (file) => `There is no space left for ${file}. Free some, and Evertoken goes on by itself.`,
  'held-open': (file) => `Another program holds ${file} open, so it could not be replaced. Close that program if this lasts.`,
  mounted: (file) => `${file} is mounted by itself into a container and cannot be replaced. Mount its folder instead.`,
  'unclosed-quote': (file) => `A quotation mark in ${file} has no partner, so what stands after it could change its meaning. Put it right, and Evertoken goes on by itself.`,
  'keeps-changing': (file) => `Another program keeps writing ${file}. Evertoken tries again when it rests.`,
};

/** A fault of a file with its words. `file` is as the owner named it. */
export function fileFault(code: NamedFault, file: string): FileFault {
  return { code, text: WORDS[code](file) };
}

/** How a file is no longer what the owner named: a link leads elsewhere, it belongs to another user, or every user may read it. */
export type Move = 'path' | 'owner' | 'public';

const MOVES: Readonly<Record<Move, (file: string, path: string) => string>> = {
  path: (file, path) => `${file} leads to another file now: ${path}.`,
  owner: (file) => `${file} belongs to another user now.`,
  public: (file) => `${file} can now be read by every user of this computer.`,
};

/** Says that a file is no longer what the owner named. `path` is where it really is. */
export function movedFault(file: string, move: Move, path: string): FileFault {
  return { code: 'moved', text: `${MOVES[move](file, path)} Put that right, or, if it was you, have Evertoken’s token written over it.` };
}

/** A fault that has only a system's code for a name, such as EIO. */
export function strangeFileFault(file: string, systemCode: string): FileFault {
  return { code: 'file-trouble', text: `${file} could not be read or written (${systemCode}). Check the disk; Evertoken tries again by itself.` };
}
