import type { Endpoint } from '../endpoints.ts';
import { isTooOld } from '../endpoints.ts';
import type { Route, Scene } from '../scene.ts';
import { refuse } from '../scene.ts';
import type { Answer } from '../answers.ts';
import { readApp } from './app.ts';
import { debugToken } from './debug-token.ts';
import { downloadMedia, mediaNode, uploadMedia } from './media.ts';
import { sendMessage } from './messages.ts';
import { listTemplates, readNumber, readWaba } from './numbers.ts';
import { exchangeToken, revokeToken } from './oauth.ts';

const routes: Record<Endpoint, Route> = {
  debug: debugToken,
  exchange: exchangeToken,
  revoke: revokeToken,
  app: readApp,
  number: readNumber,
  waba: readWaba,
  templates: listTemplates,
  messages: sendMessage,
  media: (scene) => (scene.call.method === 'POST' ? uploadMedia(scene) : mediaNode(scene)),
  download: downloadMedia,
  unknown: (scene) => refuse(scene, 'unknown_path', { subject: scene.call.path }),
};

/** Answers a call as Meta would, and does what it asks for. */
export function answerCall(scene: Scene): Answer {
  return isTooOld(scene.call.version, scene.now) ? refuse(scene, 2635) : routes[scene.call.endpoint](scene);
}
