import { WhatsAppAPI } from 'whatsapp-api-js';
import { Language, Template, Text } from 'whatsapp-api-js/messages';
import type { ClientIndividualRecipientIdentifier } from 'whatsapp-api-js/types';
import { type Bot, type BotSettings, GraphRefusal, VERSION } from './bot.ts';

const META = 'https://graph.facebook.com';

/** A bot written with `whatsapp-api-js`, which knows one address only: its `ponyfill.fetch` sends what is meant for it to the gateway, and everything else as it is. */
export function whatsappApiJsBot({ base, key, phoneNumberId }: BotSettings): Bot {
  const api = new WhatsAppAPI({
    token: key,
    secure: false,
    v: VERSION,
    ponyfill: { fetch: (input, init) => fetch(input instanceof Request ? input : String(input).replace(META, base), init) },
  });
  // It hands on what Meta says, error or not, and leaves it to its user to look.
  const told = async (work: Promise<unknown>): Promise<Answer> => {
    const answer = (await work) as Answer;
    if (answer.error !== undefined) throw new GraphRefusal(answer.error, null);
    return answer;
  };
  return {
    client: 'whatsapp-api-js',
    sendText: async (to, body) => (await told(api.sendMessage(phoneNumberId, recipient(to), new Text(body)))).messages?.[0]?.id ?? '',
    sendTemplate: async (to, name) => (await told(api.sendMessage(phoneNumberId, recipient(to), new Template(name, new Language('en_US'))))).messages?.[0]?.id ?? '',
    upload: async (bytes) => {
      const form = new FormData();
      form.set('file', new Blob([bytes], { type: 'image/png' }), 'picture.png');
      return (await told(api.uploadMedia(phoneNumberId, form))).id ?? '';
    },
    download: async (mediaId) => {
      const { url = '' } = await told(api.retrieveMedia(mediaId));
      const response = await api.fetchMedia(url);
      if (!response.ok) await told(response.json());
      return new Uint8Array(await response.arrayBuffer());
    },
    readNumber: async () => (await told((await api.$$apiFetch$$(`${META}/${VERSION}/${phoneNumberId}?fields=display_phone_number`)).json())).display_phone_number ?? '',
  };
}

/** Its types ask for another id besides; its code and its documentation do not. */
function recipient(phone: string): ClientIndividualRecipientIdentifier {
  return { phone } as ClientIndividualRecipientIdentifier;
}

interface Answer {
  readonly error?: unknown;
  readonly id?: string;
  readonly url?: string;
  readonly messages?: readonly { readonly id: string }[];
  readonly display_phone_number?: string;
}
