import { expect } from 'vitest';

const JARGON = /undefined|null|NaN|\[object|debug_token|fb_exchange|is_valid|OAuth|subcode|HTTP \d/;
// Code names are kebab-case or snake_case words; the names of Meta's permissions are what the owner ticks there,
// and the name of an option is what the owner types.
const CODE_NAME = /\b[a-z]+(?:[-_][a-z]+)+\b/g;
const ORDINARY = new Set(['whatsapp_business_messaging', 'whatsapp_business_management', 'graph-version']);

/** Asserts that a text is one an owner can read: whole sentences, no holes, no names out of the code. */
export function expectPlain(text: string): void {
  expect(text.length).toBeGreaterThan(10);
  expect(text).toMatch(/^[A-Z“]/);
  expect(text.replace(/\s\(https:[^)]*\)/g, '')).toMatch(/[.!]$/);
  expect(text).not.toMatch(JARGON);
  expect(text).not.toMatch(/ {2}|\s[.,](?!env\b)|\.\.|\(\)/);
  const withoutLinks = text.replace(/https:\S+/g, '');
  expect((withoutLinks.match(CODE_NAME) ?? []).filter((word) => !ORDINARY.has(word))).toEqual([]);
}
