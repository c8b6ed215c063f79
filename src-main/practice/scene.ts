import type { Answer } from './answers.ts';
import { refused } from './answers.ts';
import type { GraphCall } from './call.ts';
import type { Fault, Wording } from './faults.ts';
import type { RefusalFacts, RefusalRow } from './refusals.ts';
import { refusal } from './refusals.ts';
import type { SeededStream } from './seeded.ts';
import type { PracticeWorld } from './world.ts';

/** All that a route needs to answer one call. */
export interface Scene {
  readonly call: GraphCall;
  readonly world: PracticeWorld;
  /** ms since 1970 on the practice clock. */
  readonly now: number;
  readonly faults: readonly Fault[];
  readonly wording: Wording;
  /** Makes message and media ids. */
  readonly ids: SeededStream;
  /** This server's own address, for links in answers. */
  readonly url: string;
}

/** Answers one call; does what the call asks for. */
export type Route = (scene: Scene) => Answer;

/** What the words of a refusal need, taken from the scene. */
export function refusalFacts(scene: Scene, more: Partial<RefusalFacts> = {}): RefusalFacts {
  return { now: scene.now, sessionText: scene.wording.sessionText ?? 'pacific', method: scene.call.method, ...more };
}

/** Refuses the call with a row of Meta's error tables. */
export function refuse(scene: Scene, row: RefusalRow, more: Partial<RefusalFacts> = {}): Answer {
  return refused(refusal(row, refusalFacts(scene, more)));
}
