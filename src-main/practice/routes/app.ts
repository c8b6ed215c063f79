import type { Answer } from '../answers.ts';
import { found } from '../answers.ts';
import { identify } from '../caller.ts';
import type { Scene } from '../scene.ts';
import { refuse } from '../scene.ts';

/** `GET /app`: which app issued the caller's token. */
export function readApp(scene: Scene): Answer {
  const caller = identify(scene);
  return 'row' in caller ? refuse(scene, caller.row, caller.facts) : found({ id: caller.app.id, name: caller.app.name });
}
