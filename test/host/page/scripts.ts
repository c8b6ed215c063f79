import { createCodec } from './codec.ts';
import { pageSide } from './page-side.ts';
import { preloadSide, type PreloadOptions } from './preload-side.ts';
import { joinWorlds } from './worlds.ts';

/** The script for the page's own world. */
export function pageScript(secret: string): string {
  return `(${pageSide.toString()})(${JSON.stringify(secret)}, ${createCodec.toString()}, ${joinWorlds.toString()});`;
}

/** The script for the preload's world, with the preload (CommonJS text) inside: nothing is evaluated, so no policy is in its way. */
export function preloadScript(options: PreloadOptions, preload: string): string {
  return `(${preloadSide.toString()})(${JSON.stringify(options)}, ${createCodec.toString()}, ${joinWorlds.toString()}, function (require, module, exports, process) {\n${preload}\n});`;
}
