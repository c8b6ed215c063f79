import { basename, dirname, join } from 'node:path';
import type { EnvPlace, EnvTarget } from '../core/delivery/delivery.ts';
import { readEnvValues, setEnvValue } from '../core/delivery/env-text.ts';
import { type FileFault, fileFault, movedFault } from '../core/delivery/file-words.ts';
import { deadTokenFault, deadValueWords, handChangeFault, noTokenFault, twoValuesFault, unprovedFault, unwritableFault } from '../core/delivery/hand-words.ts';
import { isPlaceholder } from '../core/delivery/placeholders.ts';
import { hasTokenShape } from '../core/token/token-shape.ts';
import type { HandedToken } from '../keeper/api.ts';
import type { FileDelivery } from './book.ts';
import type { FileTurns } from './file-turns.ts';
import type { FileWork } from './file-work.ts';
import type { HandChanges } from './hand-changes.ts';
import { moveOf, placeAfterWriting, placeOf } from './place.ts';
import { type FoundFile, readEnvFile } from './read-env-file.ts';
import { replaceEnvFile } from './replace-env-file.ts';

/** What writing a token into a file takes. */
export interface WritingTools {
  readonly work: FileWork;
  readonly turns: FileTurns;
  readonly hands: HandChanges;
  /** The token in use now; null where there is none any more. */
  readonly token: () => HandedToken | null;
  /** Whether Evertoken put this value there, now or before. */
  readonly isOwn: (value: string) => boolean;
  /** Whether Meta calls the token in use dead or cut off from its number. */
  readonly isDead: () => boolean;
  /** The token in use and whether it is dead, so that another is told from it. */
  readonly stand: () => string;
  /** Remembers what the file is from now on. */
  readonly settle: (place: EnvPlace) => Promise<void>;
  /** Remembers a value as Evertoken's own; called before it is written, so that a kill right after does not make it a stranger's. */
  readonly remember: (value: string) => Promise<void>;
}

/** What the owner allows in this one try. */
export interface Leave {
  /** Write over a value that somebody changed by hand, and into another file than the owner named, if that is what stands there now. */
  readonly overwrite: boolean;
  /** Write over such a value if Meta calls it dead: the owner just named this file. */
  readonly overwriteDead: boolean;
  /** Make the file where it is missing. */
  readonly create: boolean;
}

/** What came of a try. `seen` is the file as it was left; null where it must be read again next time. */
export type Written =
  | { readonly outcome: 'holds'; readonly token: HandedToken; readonly wrote: boolean; readonly seen: FoundFile | null; readonly notes: readonly string[] }
  | { readonly outcome: 'fault'; readonly fault: FileFault; readonly seen: FoundFile | null }
  | { readonly outcome: 'no-token'; readonly seen: FoundFile | null };

/** Another program that writes the file at the same moment is given way so many times. */
const MOST_TRIES = 6;

/** What one look into the file led to: an end, another look, or a value that must be judged first. */
type Step = Written | { readonly outcome: 'again' } | { readonly outcome: 'judge'; readonly value: string; readonly seen: FoundFile | null };

/**
 * Sees to it that a file holds the token in use under its variable. A value that is neither empty nor Evertoken's own was put there by
 * hand: it is judged by the keeper, and stays unless the keeper takes it over or the leave covers it. That is so without a token in use,
 * too: the value may be just the one that is missed.
 */
export async function writeToken(tools: WritingTools, delivery: FileDelivery, leave: Leave): Promise<Written> {
  const { file } = delivery.to.target;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const step = await tools.turns.take(await turnOf(tools.work, file), () => oneLook(tools, delivery, leave));
    if (step.outcome === 'judge') {
      // Not in the file's turn: Meta may take a minute, and others write other variables there.
      const refused = await judge(tools, delivery, step.value);
      if (refused !== null) return { outcome: 'fault', fault: refused, seen: step.seen };
    } else if (step.outcome !== 'again') return step;
  }
  return { outcome: 'fault', fault: fileFault('keeps-changing', file), seen: null };
}

async function oneLook(tools: WritingTools, { id, to, state }: FileDelivery, leave: Leave): Promise<Step> {
  const { file, variable, keepBackup } = to.target;
  const token = tools.token();
  const reading = await readEnvFile(tools.work, file);
  if (!reading.ok && !(reading.fault.code === 'vanished' && leave.create)) return { outcome: 'fault', fault: reading.fault, seen: null };
  const was = reading.ok ? reading.file : null;
  if (was !== null) {
    const fault = await notInPlace(tools, to.target, was, leave);
    if (fault !== null) return { outcome: 'fault', fault, seen: was };
  }
  const isFree = was === null || (leave.overwrite && !tools.isDead());
  const foreign = isFree ? { outcome: 'none' as const, notes: [] } : lookForForeign(tools, { id, file, variable, isFirst: state.done === null }, was.text, token, leave);
  if (foreign.outcome !== 'none') return { ...foreign, seen: was };
  if (token === null) return { outcome: 'no-token', seen: was };
  const edit = setEnvValue(was?.text ?? '', variable, token.token);
  if (!edit.ok) return { outcome: 'fault', fault: edit.code === 'unclosed-quote' ? fileFault(edit.code, file) : unwritableFault(file), seen: was };
  if (!edit.changed) {
    if (was !== null) await tools.settle(placeOf(tools.work, was));
    return { outcome: 'holds', token, wrote: false, seen: was, notes: foreign.notes };
  }
  await tools.remember(token.token);
  const replaced = await replaceEnvFile(tools.work, file, was === null ? { kind: 'new' } : { kind: 'existing', was }, edit.text, keepBackup);
  if (replaced.outcome === 'changed') return { outcome: 'again' };
  if (replaced.outcome === 'fault') return { outcome: 'fault', fault: replaced.fault, seen: was };
  await tools.settle(await placeAfterWriting(tools.work, file, was));
  return { outcome: 'holds', token, wrote: true, seen: null, notes: foreign.notes };
}

/** Why a file is not the one that the owner named; null where it is, or where the owner has just said that it may be another. */
async function notInPlace({ work, settle }: WritingTools, { file, place }: EnvTarget, was: FoundFile, leave: Leave): Promise<FileFault | null> {
  if (place === undefined) {
    // Kept by a version that did not look: it is taken as it is found.
    await settle(placeOf(work, was));
    return null;
  }
  const move = leave.overwrite ? null : moveOf(work, place, was);
  return move === null ? null : movedFault(file, move, was.path);
}

type Foreign = { readonly outcome: 'none'; readonly notes: readonly string[] } | { readonly outcome: 'judge'; readonly value: string } | { readonly outcome: 'fault'; readonly fault: FileFault };

interface Looked {
  readonly id: string;
  readonly file: string;
  readonly variable: string;
  /** Nothing was delivered yet, so a value that only holds a place open is in nobody's use. */
  readonly isFirst: boolean;
}

function lookForForeign({ hands, isOwn, isDead, stand }: WritingTools, { id, file, variable, isFirst }: Looked, text: string, token: HandedToken | null, leave: Leave): Foreign {
  const values = readEnvValues(text, variable);
  const foreign = values.filter((value) => value !== '' && value !== token?.token && !isOwn(value) && !(isFirst && isPlaceholder(value)));
  const [first] = foreign;
  if (first === undefined) return { outcome: 'none', notes: [] };
  // The owner's yes to writing over it was meant for a token that works.
  const stays = (value: string, fault: FileFault): Foreign => ({ outcome: 'fault', fault: leave.overwrite && isDead() ? deadTokenFault({ file, variable, value }) : fault });
  const value = values.at(-1);
  // Readers take the last one. A stranger's value before it is in nobody's use, so asking Meta about it could only do harm.
  if (value === undefined || !foreign.includes(value)) return stays(first, twoValuesFault({ file, variable, value: first }));
  // Whatever else stands under this name, another service's key perhaps, is none of Meta's business.
  if (!hasTokenShape(value)) return stays(value, noTokenFault({ file, variable, value }));
  const judgement = hands.known(id, value, stand());
  if (judgement === null) return { outcome: 'judge', value };
  const mayGo = leave.overwriteDead || leave.overwrite;
  if (judgement.verdict === 'dead' && mayGo && foreign.every((one) => one === value)) return { outcome: 'none', notes: [deadValueWords(variable, value)] };
  return stays(value, handChangeFault({ file, variable, value }, judgement.why));
}

/** Null where the file is to be looked at again: the value was taken over, or what was said is known now. */
async function judge({ hands, remember, stand }: WritingTools, { id, connection, to }: FileDelivery, value: string): Promise<FileFault | null> {
  const { verdict, why } = await hands.judge(id, connection, value, stand());
  if (verdict === 'later') return unprovedFault({ file: to.target.file, variable: to.target.variable, value }, why);
  if (verdict === 'adopted') await remember(value);
  return null;
}

/** What two deliveries to the same file have in common, also where one names it by a link, or it is not there yet. */
async function turnOf({ fs }: FileWork, file: string): Promise<string> {
  try {
    return await fs.realpath(file);
  } catch {
    // Not there yet.
  }
  try {
    return join(await fs.realpath(dirname(file)), basename(file));
  } catch {
    return file;
  }
}
