/** What a bot's `.env` can tell about its connection. */
export type EnvField = 'token' | 'appId' | 'appSecret' | 'phoneNumberId' | 'wabaId';

/** The names that one field goes by, the surest first. */
export interface FieldNames {
  /** How a person calls it. */
  readonly words: string;
  /** The name that this product recommends; it wins over all others. */
  readonly first: string;
  /** Names that can mean nothing else. */
  readonly sure: readonly string[];
  /** Names that might belong to something else; taken only where no surer one is there. */
  readonly perhaps: readonly string[];
}

/** Names seen in public bots and in Meta's own samples. */
export const ENV_NAMES: Record<EnvField, FieldNames> = {
  token: {
    words: 'access token',
    first: 'WHATSAPP_ACCESS_TOKEN',
    sure: [
      'WHATSAPP_TOKEN', 'WHATSAPP_API_TOKEN', 'WHATSAPP_API_ACCESS_TOKEN', 'WHATSAPP_CLOUD_TOKEN', 'WHATSAPP_CLOUD_ACCESS_TOKEN', 'WHATSAPP_CLOUD_API_TOKEN',
      'WHATSAPP_CLOUD_API_ACCESS_TOKEN', 'WHATSAPP_BUSINESS_TOKEN', 'WHATSAPP_BUSINESS_ACCESS_TOKEN', 'WHATSAPP_SYSTEM_USER_TOKEN',
      'WHATSAPP_PERMANENT_TOKEN', 'WHATSAPP_GRAPH_TOKEN', 'WHATSAPP_BOT_TOKEN', 'WHATSAPP_USER_TOKEN', 'WHATSAPP_USER_ACCESS_TOKEN',
      'META_ACCESS_TOKEN', 'META_TOKEN', 'META_WA_TOKEN', 'META_WA_ACCESS_TOKEN', 'META_WHATSAPP_TOKEN', 'META_WHATSAPP_ACCESS_TOKEN', 'META_SYSTEM_USER_TOKEN',
      'WA_TOKEN', 'WA_ACCESS_TOKEN', 'WA_API_TOKEN', 'WA_CLOUD_TOKEN', 'CLOUD_API_ACCESS_TOKEN', 'CLOUD_API_TOKEN', 'GRAPH_API_TOKEN', 'GRAPH_API_ACCESS_TOKEN',
      'FACEBOOK_ACCESS_TOKEN', 'FACEBOOK_TOKEN', 'FB_ACCESS_TOKEN', 'FB_TOKEN', 'SYSTEM_USER_TOKEN', 'SYSTEM_USER_ACCESS_TOKEN',
    ],
    perhaps: ['ACCESS_TOKEN', 'PERMANENT_TOKEN', 'GRAPH_TOKEN', 'WHATSAPP_API_KEY', 'TOKEN'],
  },
  appId: {
    words: 'app id',
    first: 'FACEBOOK_APP_ID',
    sure: ['META_APP_ID', 'FB_APP_ID', 'WHATSAPP_APP_ID', 'WA_APP_ID', 'META_CLIENT_ID', 'FACEBOOK_CLIENT_ID', 'FB_CLIENT_ID', 'M4D_APP_ID'],
    perhaps: ['APP_ID', 'WHATSAPP_CLIENT_ID'],
  },
  appSecret: {
    words: 'app secret',
    first: 'FACEBOOK_APP_SECRET',
    sure: ['META_APP_SECRET', 'FB_APP_SECRET', 'WHATSAPP_APP_SECRET', 'WA_APP_SECRET', 'META_CLIENT_SECRET', 'FACEBOOK_CLIENT_SECRET', 'FB_CLIENT_SECRET', 'M4D_APP_SECRET'],
    perhaps: ['APP_SECRET', 'WHATSAPP_CLIENT_SECRET'],
  },
  phoneNumberId: {
    words: 'phone number id',
    first: 'WHATSAPP_PHONE_NUMBER_ID',
    sure: ['WHATSAPP_PHONE_ID', 'WHATSAPP_CLOUD_PHONE_NUMBER_ID', 'WHATSAPP_NUMBER_ID', 'WA_PHONE_NUMBER_ID', 'WA_PHONE_ID', 'META_PHONE_NUMBER_ID', 'META_PHONE_ID', 'META_WA_PHONE_NUMBER_ID', 'CLOUD_API_PHONE_NUMBER_ID'],
    perhaps: ['PHONE_NUMBER_ID', 'PHONE_ID', 'NUMBER_ID'],
  },
  wabaId: {
    words: 'WhatsApp Business Account id',
    first: 'WHATSAPP_BUSINESS_ACCOUNT_ID',
    sure: ['WABA_ID', 'WHATSAPP_WABA_ID', 'META_WABA_ID', 'WA_BUSINESS_ACCOUNT_ID', 'WHATSAPP_ACCOUNT_ID', 'META_BUSINESS_ACCOUNT_ID', 'WA_WABA_ID'],
    perhaps: ['BUSINESS_ACCOUNT_ID'],
  },
};

/** Put before a name by web frameworks, which then build its value into pages that anybody can read. */
const PUBLIC_PREFIX = /^(VITE|NEXT_PUBLIC|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|NUXT|GATSBY|PUBLIC|NEXT)_/i;

/** Whether a framework would build this variable into a public page. */
export function isPublicName(name: string): boolean {
  return PUBLIC_PREFIX.test(name);
}

/** How sure a name of a `.env` is for a field: 0 the recommended one exactly, then 1, 2, 3; null where it is none. */
export function nameRank(field: EnvField, name: string): number | null {
  const { first, sure, perhaps } = ENV_NAMES[field];
  if (name === first) return 0;
  const core = plain(name.replace(PUBLIC_PREFIX, ''));
  if (core === plain(first)) return 1;
  if (sure.some((known) => plain(known) === core)) return 2;
  return perhaps.some((known) => plain(known) === core) ? 3 : null;
}

/** Letter case and separators aside: `whatsappAccessToken` and `WHATSAPP-ACCESS-TOKEN` are the same name. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
