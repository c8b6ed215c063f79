import type { JsonObject } from './answers.ts';
import type { PracticeNumber, PracticeTemplate } from './records.ts';

/** All fields of a phone number that the simulated Meta knows. */
export function numberFields(number: PracticeNumber): JsonObject {
  return {
    id: number.id,
    verified_name: number.verifiedName,
    display_phone_number: number.display,
    quality_rating: number.quality,
    code_verification_status: number.registered ? 'VERIFIED' : 'NOT_VERIFIED',
    status: number.status,
    name_status: 'APPROVED',
    throughput: { level: 'STANDARD' },
  };
}

/** A message template as its list shows it. */
export function templateFields({ name, status, category, language, id }: PracticeTemplate): JsonObject {
  return { name, components: [{ type: 'BODY', text: 'Practice' }], language, status, category, id };
}

const usual = ['verified_name', 'display_phone_number', 'quality_rating', 'code_verification_status', 'throughput'];

/** The fields a call asks for, always with the id; the usual ones where it asks for none. Unknown names are left out. */
export function pickFields(whole: JsonObject, asked: string | undefined): JsonObject {
  const names = asked === undefined || asked === '' ? usual : asked.split(',').map((name) => name.trim());
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name === 'id' || names.includes(name)));
}
