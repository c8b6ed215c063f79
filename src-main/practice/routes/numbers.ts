import type { Answer } from '../answers.ts';
import { found } from '../answers.ts';
import { numberFields, pickFields, templateFields } from '../fields.ts';
import { page } from '../pages.ts';
import type { Scene } from '../scene.ts';
import { isAnswer, reachNumber, reachWaba, wrongId } from './access.ts';

const management = 'whatsapp_business_management';
const either = [management, 'whatsapp_business_messaging'];

/** `GET /{phone-number-id}`: the proof that a token reaches its number. Either WhatsApp permission will do. */
export function readNumber(scene: Scene): Answer {
  const access = reachNumber(scene, either);
  if (isAnswer(access)) return access;
  return found(pickFields(numberFields(access.number), scene.call.params.get('fields')));
}

/** `GET /{waba-id}/phone_numbers`, in pages; and the account itself, which has none of a number's fields: a common mix-up. */
export function readWaba(scene: Scene): Answer {
  const access = reachWaba(scene, [management]);
  if (isAnswer(access)) return access;
  const fields = scene.call.params.get('fields');
  if (scene.call.path.endsWith('/phone_numbers')) return found(page(scene.call, scene.url, access.waba.numbers.map((number) => pickFields(numberFields(number), fields))));
  return fields?.includes('phone_number') === true ? wrongId(scene) : found({ id: access.waba.id, name: access.waba.name });
}

/** `GET /{waba-id}/message_templates`, in pages. */
export function listTemplates(scene: Scene): Answer {
  const access = reachWaba(scene, [management]);
  if (isAnswer(access)) return access;
  const wanted = scene.call.params.get('name');
  const templates = access.waba.templates.filter(({ name }) => wanted === undefined || name === wanted);
  return found(page(scene.call, scene.url, templates.map(templateFields)));
}
