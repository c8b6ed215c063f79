import type { META_PAGES } from '../core/graph/fault-words.ts';

type KnownLink = (typeof META_PAGES)[keyof typeof META_PAGES];

// The contract takes types from the core, no values; the compiler sees to it that the two lists agree.
const KNOWN: Readonly<Record<KnownLink, true>> = {
  'https://business.facebook.com/settings/system-users': true,
  'https://business.facebook.com/settings/whatsapp-business-accounts': true,
  'https://developers.facebook.com/apps': true,
  'https://www.facebook.com/': true,
  'https://business.facebook.com/wa/manage/home/': true,
  'https://business.facebook.com/billing_hub/payment_settings': true,
  'https://business.facebook.com/business-support-home': true,
  'https://developers.facebook.com/docs/whatsapp/business-management-api/get-started': true,
  'https://metastatus.com/whatsapp-business-api': true,
  'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes': true,
};

/** Whether a page in a browser may open this address: one of those that Evertoken's own sentences name, to the letter. */
export function isKnownLink(address: string): boolean {
  return Object.hasOwn(KNOWN, address);
}
