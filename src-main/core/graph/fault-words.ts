import type { Cause, GraphFault } from './fault.ts';

/** What the owner reads about a fault. */
export interface FaultWords {
  /** One sentence: what happened. */
  readonly what: string;
  /** One or two sentences: what to do next. */
  readonly advice: string;
  /** The page at Meta where that is done; null where none helps. */
  readonly link: string | null;
}

/** Meta's pages that an owner is sent to. */
export const META_PAGES = {
  systemUsers: 'https://business.facebook.com/settings/system-users',
  whatsappAccounts: 'https://business.facebook.com/settings/whatsapp-business-accounts',
  apps: 'https://developers.facebook.com/apps',
  facebook: 'https://www.facebook.com/',
  whatsappManager: 'https://business.facebook.com/wa/manage/home/',
  billing: 'https://business.facebook.com/billing_hub/payment_settings',
  quality: 'https://business.facebook.com/business-support-home',
  getStarted: 'https://developers.facebook.com/docs/whatsapp/business-management-api/get-started',
  status: 'https://metastatus.com/whatsapp-business-api',
  errorCodes: 'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes',
} as const;

const NEW_TOKEN = 'Make a new token and paste it here. A System User token is best: it does not end when somebody logs out or changes a password.';

const WORDS: Readonly<Record<Cause, FaultWords>> = {
  expired: {
    what: 'The token has expired.',
    advice: `An expired token cannot be renewed by anyone. ${NEW_TOKEN}`,
    link: META_PAGES.systemUsers,
  },
  password_changed: {
    what: 'Meta ended the token because the Facebook password was changed or for security reasons.',
    advice: NEW_TOKEN,
    link: META_PAGES.systemUsers,
  },
  app_removed: {
    what: 'Meta ended the token because the person it belongs to removed the app from their account.',
    advice: `Let that person allow the app again, or better: ${lower(NEW_TOKEN)}`,
    link: META_PAGES.systemUsers,
  },
  logged_out: {
    what: 'Meta ended the token because the person it belongs to logged out or lost their role.',
    advice: NEW_TOKEN,
    link: META_PAGES.systemUsers,
  },
  checkpoint: {
    what: 'Facebook wants the person this token belongs to to confirm who they are.',
    advice: 'Log in at facebook.com as that person and follow the steps shown there. Then check again here.',
    link: META_PAGES.facebook,
  },
  unconfirmed: {
    what: 'The Facebook account this token belongs to is not confirmed.',
    advice: 'Log in at facebook.com as that person and confirm the account. Then check again here.',
    link: META_PAGES.facebook,
  },
  inactive_90_days: {
    what: 'Meta ended the token because the person it belongs to has not used the app for 90 days.',
    advice: NEW_TOKEN,
    link: META_PAGES.systemUsers,
  },
  malformed_token: {
    what: 'Meta cannot read this token: it is cut off, changed, or from another product.',
    advice: 'Copy the whole token at Meta again and paste it here. A WhatsApp token usually begins with EAA.',
    link: META_PAGES.apps,
  },
  no_token_sent: {
    what: 'The call reached Meta without a token.',
    advice: 'Check the settings of the program that made the call: its token is empty or was not read.',
    link: null,
  },
  wrong_app: {
    what: 'The token belongs to another app than the one entered here.',
    advice: 'Enter the id and the secret of the app that made the token, or make a new token with the app entered here.',
    link: META_PAGES.apps,
  },
  wrong_app_credentials: {
    what: 'Meta refuses the app id or the app secret. The token itself may be fine.',
    advice: 'Open your app at Meta, go to App settings, Basic, and copy the app id and the app secret again.',
    link: META_PAGES.apps,
  },
  app_secret_proof: {
    what: 'Meta wants a proof made with the app secret, and it is missing or does not fit.',
    advice: 'Enter the secret of the app that made this token. You find it at Meta under App settings, Basic.',
    link: META_PAGES.apps,
  },
  missing_permission: {
    what: 'The token lacks a permission that WhatsApp needs.',
    advice: 'Make a new token with both WhatsApp permissions: whatsapp_business_messaging and whatsapp_business_management.',
    link: META_PAGES.systemUsers,
  },
  wrong_id_or_no_asset: {
    what: 'Meta does not show this number or account to the token: the id is wrong, or access was not given.',
    advice: 'Check the id, and in the business settings give the token’s user access to the WhatsApp account. If the access is new, make a new token as well.',
    link: META_PAGES.whatsappAccounts,
  },
  throttled: {
    what: 'Meta asks for a pause because there were too many calls.',
    advice: 'There is nothing to do. Evertoken waits and tries again by itself.',
    link: null,
  },
  transient: {
    what: 'Meta could not answer properly just now.',
    advice: 'There is nothing to do. Evertoken tries again by itself.',
    link: META_PAGES.status,
  },
  recipient_or_message: {
    what: 'Meta refused this message or this recipient. The token is not the reason.',
    advice: 'Check the number it was sent to, the template, and whether the customer wrote in the last 24 hours.',
    link: META_PAGES.errorCodes,
  },
  account_policy: {
    what: 'Meta has limited this WhatsApp account because of its rules or the quality of its messages.',
    advice: 'Read Meta’s notice about the account and ask for a review there. Sending again does not help.',
    link: META_PAGES.quality,
  },
  billing: {
    what: 'Meta does not send because something is wrong with the payment for this account.',
    advice: 'Check the payment method of your WhatsApp account at Meta.',
    link: META_PAGES.billing,
  },
  registration: {
    what: 'The phone number is not properly registered with WhatsApp.',
    advice: 'Open the number in WhatsApp Manager and register it, with its PIN where Meta asks for one.',
    link: META_PAGES.whatsappManager,
  },
  graph_version: {
    what: 'The version of Meta’s interface that is set here is too old.',
    advice: 'Update Evertoken, or start it with a newer version of the interface: --graph-version (or EVERTOKEN_GRAPH_VERSION), such as v26.0.',
    link: null,
  },
  sixty_days_only: {
    what: 'Meta gives your business tokens that last 60 days, not permanent ones.',
    advice: 'Choose 60 days when you make the System User token. Evertoken renews it by itself for as long as it runs.',
    link: META_PAGES.systemUsers,
  },
  network: {
    what: 'Meta could not be reached.',
    advice: 'Check the internet connection of this computer. Evertoken tries again by itself.',
    link: null,
  },
  unknown_auth: {
    what: 'Meta does not accept the token and does not say why.',
    advice: `If it stays like this: ${lower(NEW_TOKEN)}`,
    link: META_PAGES.systemUsers,
  },
  unknown: {
    what: 'Meta refused with an error that Evertoken does not know.',
    advice: 'Show Meta’s words to the person who set up your bot.',
    link: META_PAGES.errorCodes,
  },
};

const SCOPE_NAME = /\b(?:whatsapp_business_(?:messaging|management)|business_management)\b/g;

/**
 * What happened and what to do, in plain words. With the fault at hand the words are more exact: a permission that
 * Meta names is named, and an error nobody knows is quoted.
 */
export function faultWords(cause: Cause, fault: GraphFault | null = null): FaultWords {
  const words = WORDS[cause];
  if (fault === null) return words;
  if (cause === 'missing_permission') {
    const named = [...new Set(fault.message.match(SCOPE_NAME) ?? [])];
    return named.length === 0 ? words : { ...words, what: `The token lacks the permission ${named.join(' and ')}.` };
  }
  if (cause === 'unknown' && fault.message !== '') {
    return { ...words, what: `Meta refused with an error that Evertoken does not know: “${fault.message}”${fault.code === null ? '' : ` (${fault.code})`}.` };
  }
  return words;
}

/** The same as one text for places without a link of their own. */
export function faultText(cause: Cause, fault: GraphFault | null = null): string {
  const { what, advice, link } = faultWords(cause, fault);
  return link === null ? `${what} ${advice}` : `${what} ${advice} ${link}`;
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
