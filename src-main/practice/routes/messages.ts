import type { Answer, JsonObject } from '../answers.ts';
import { found } from '../answers.ts';
import type { PracticeNumber, PracticeWaba } from '../records.ts';
import type { RefusalRow } from '../refusals.ts';
import type { Scene } from '../scene.ts';
import { refuse } from '../scene.ts';
import { isAnswer, reachNumber } from './access.ts';

/**
 * Recipients to whom nothing can be sent, and why: `1555` and a code of Meta's. All other numbers take
 * everything. (Meta tells some of these only by webhook; here they are all told at once.)
 */
export const AWKWARD_RECIPIENTS: Readonly<Record<string, RefusalRow>> = {
  '1555131026': 131026,
  '1555131030': 131030,
  '1555131047': 131047,
  '1555131049': 131049,
  '1555131050': 131050,
  '1555131051': 131051,
  '1555131052': 131052,
  '1555131053': 131053,
  '1555132000': 132000,
};

const kinds = ['text', 'template', 'image', 'audio', 'video', 'document', 'sticker', 'location', 'contacts', 'interactive', 'reaction'];

function part(body: JsonObject, key: string): JsonObject {
  const value = body[key];
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function templateProblem(body: JsonObject, waba: PracticeWaba, number: PracticeNumber): RefusalRow | null {
  const template = part(body, 'template');
  const { code } = part(template, 'language');
  if (template['name'] === 'hello_world' && !number.isTest) return 131058;
  const known = waba.templates.find(({ name, language }) => name === template['name'] && language === code);
  if (known === undefined) return 132001;
  return known.status === 'PAUSED' ? 132015 : known.status === 'DISABLED' ? 132016 : null;
}

/** Code 100 for a body that is not a message, naming the parameter; null where it is one. */
function missing(body: JsonObject, type: string): string | null {
  if (body['messaging_product'] !== 'whatsapp') return 'messaging_product';
  if (typeof body['to'] !== 'string' || body['to'] === '') return 'to';
  if (!(type in body)) return type;
  if (type === 'text' && typeof part(body, 'text')['body'] !== 'string') return 'text.body';
  return type === 'template' && typeof part(body, 'template')['name'] !== 'string' ? 'template.name' : null;
}

/** `POST /{phone-number-id}/messages`. There is no idempotency key: every accepted call is one more message. */
export function sendMessage(scene: Scene): Answer {
  const access = reachNumber(scene, ['whatsapp_business_messaging']);
  if (isAnswer(access)) return access;
  const body = scene.call.json;
  if (body === null) return refuse(scene, 'missing_parameter', { subject: 'messaging_product' });
  const type = typeof body['type'] === 'string' ? body['type'] : 'text';
  if (!kinds.includes(type)) return refuse(scene, 131051);
  const lacking = missing(body, type);
  if (lacking !== null) return refuse(scene, 'missing_parameter', { subject: lacking });
  if (!access.number.registered) return refuse(scene, 133010);

  const to = String(body['to']);
  const waId = to.replaceAll(/\D/g, '');
  const awkward = AWKWARD_RECIPIENTS[waId] ?? (type === 'template' ? templateProblem(body, access.waba, access.number) : null);
  if (awkward !== null) return refuse(scene, awkward);

  const id = `wamid.${scene.ids.text(40)}`;
  scene.world.addSent({ id, at: scene.now, phoneNumberId: access.number.id, to: waId, type, token: access.token.label, body });
  return found(
    {
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: waId }],
      messages: [{ id, ...(type === 'template' ? { message_status: 'accepted' } : {}) }],
    },
    { kind: 'sent', messageId: id },
  );
}
