import { createHash } from 'node:crypto';
import type { Answer } from '../answers.ts';
import { found } from '../answers.ts';
import type { GraphCall } from '../call.ts';
import { identify } from '../caller.ts';
import { DOWNLOADS } from '../endpoints.ts';
import type { FormFile } from '../multipart.ts';
import { fileInForm } from '../multipart.ts';
import type { PracticeMedia } from '../records.ts';
import type { Scene } from '../scene.ts';
import { refuse } from '../scene.ts';
import { isAnswer, reachNumber, wrongId } from './access.ts';

/** The file in a request: a part of a multipart body, or the whole body. Null where a multipart body holds none. */
function uploadedFile({ body, contentType }: GraphCall): FormFile | null {
  if (contentType.startsWith('multipart/form-data')) return fileInForm(body, contentType);
  return { bytes: body, mimeType: contentType === '' ? 'application/octet-stream' : contentType };
}

/** `POST /{phone-number-id}/media`: keeps the file, answers its id. */
export function uploadMedia(scene: Scene): Answer {
  const access = reachNumber(scene, ['whatsapp_business_messaging']);
  if (isAnswer(access)) return access;
  const file = uploadedFile(scene.call);
  if (file === null || file.bytes.byteLength === 0) return refuse(scene, 'missing_parameter', { subject: 'file' });
  const id = scene.ids.digits(15);
  scene.world.directory.addMedia({ id, wabaId: access.waba.id, ...file });
  return found({ id }, { kind: 'uploaded', mediaId: id });
}

/** The file that a call names, if its token reaches it. */
function reachMedia(scene: Scene): PracticeMedia | Answer {
  const caller = identify(scene);
  if ('row' in caller) return refuse(scene, caller.row, caller.facts);
  const media = scene.world.directory.media(scene.call.nodeId ?? '');
  return media !== null && caller.kind === 'token' && scene.world.reaches(caller.token, media.wabaId) ? media : wrongId(scene);
}

/** `GET /{media-id}` says where the file is; `DELETE` removes it. */
export function mediaNode(scene: Scene): Answer {
  const media = reachMedia(scene);
  if ('kind' in media) return media;
  if (scene.call.method === 'DELETE') {
    scene.world.directory.removeMedia(media.id);
    return found({ success: true }, { kind: 'removed', mediaId: media.id });
  }
  return found({
    messaging_product: 'whatsapp',
    url: `${scene.url}/${DOWNLOADS}/${media.id}`,
    mime_type: media.mimeType,
    sha256: createHash('sha256').update(media.bytes).digest('hex'),
    file_size: media.bytes.byteLength,
    id: media.id,
  });
}

/** The file itself. The address alone is not enough: the token must come as a Bearer header. */
export function downloadMedia(scene: Scene): Answer {
  const media = reachMedia({ ...scene, call: { ...scene.call, accessToken: scene.call.bearer } });
  return 'kind' in media ? media : { kind: 'bytes', status: 200, contentType: media.mimeType, bytes: media.bytes };
}
