import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { type Bot, type BotSettings, GraphRefusal, VERSION } from './bot.ts';

/** A bot written with `@kapso/whatsapp-cloud-api`: only `baseUrl` is not as it would be for Meta. */
export function kapsoBot({ base, key, phoneNumberId }: BotSettings): Bot {
  const client = new WhatsAppClient({ accessToken: key, baseUrl: base, graphVersion: VERSION });
  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof GraphApiError)) throw error;
      throw new GraphRefusal({ message: error.message, code: error.code, type: error.type }, error.httpStatus, error);
    }
  };
  return {
    client: '@kapso/whatsapp-cloud-api',
    sendText: async (to, body) => idOf(await told(client.messages.sendText({ phoneNumberId, to, body }))),
    sendTemplate: async (to, name) => idOf(await told(client.messages.sendTemplate({ phoneNumberId, to, template: { name, language: { code: 'en_US' } } }))),
    upload: async (bytes) => (await told(client.media.upload({ phoneNumberId, type: 'image', file: new Blob([bytes], { type: 'image/png' }), fileName: 'picture.png' }))).id,
    download: async (mediaId) => {
      // By default it takes the body of an error for the file, so its user has to look at the answer.
      const response = (await told(client.media.download({ mediaId, as: 'response' }))) as Response;
      if (!response.ok) throw new GraphRefusal(((await response.json()) as { readonly error?: unknown }).error, response.status);
      return new Uint8Array(await response.arrayBuffer());
    },
    readNumber: async () => {
      const number = await told(client.request<{ readonly displayPhoneNumber: string }>('GET', phoneNumberId, { query: { fields: 'display_phone_number' }, responseType: 'json' }));
      return number.displayPhoneNumber;
    },
  };
}

function idOf({ messages }: { readonly messages: readonly { readonly id: string }[] }): string {
  return messages[0]?.id ?? '';
}
