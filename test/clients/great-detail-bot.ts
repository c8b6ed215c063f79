import { Client, MessageType } from '@great-detail/whatsapp';
import { type Bot, type BotSettings, GraphRefusal, VERSION } from './bot.ts';

/** A bot written with `@great-detail/whatsapp`: only `baseUrl`, which was `prefixUrl` before, is not as it would be for Meta. It fetches files without a token. */
export function greatDetailBot({ base, key, phoneNumberId }: BotSettings, option: 'baseUrl' | 'prefixUrl' = 'baseUrl'): Bot {
  const sdk = new Client({ [option]: base, graphVersion: VERSION, request: { headers: { Authorization: `Bearer ${key}` } } });
  const phoneNumberID = phoneNumberId;
  return {
    client: '@great-detail/whatsapp',
    sendText: async (to, body) => idOf(await told(sdk.message.createMessage({ phoneNumberID, to, type: MessageType.Text, text: { body } }).json())),
    sendTemplate: async (to, name) => idOf(await told(sdk.message.createMessage({ phoneNumberID, to, type: MessageType.Template, template: { name, language: { code: 'en_US' }, components: [] } }).json())),
    upload: async (bytes) => (await told(sdk.media.upload({ phoneNumberID, mimeType: 'image/png', file: new Blob([bytes], { type: 'image/png' }) }).json())).id,
    download: async (mediaId) => {
      const { url } = await told(sdk.media.getURL({ mediaID: mediaId }).json());
      return new Uint8Array(await told(sdk.media.download({ mediaURL: url }).arrayBuffer()));
    },
    readNumber: async () => (await told(sdk.phoneNumbers.getPhoneNumber({ phoneNumberID, fields: ['display_phone_number'] }).json())).display_phone_number ?? '',
  };
}

function idOf({ messages }: { readonly messages: readonly { readonly id: string }[] }): string {
  return messages[0]?.id ?? '';
}

/** Its HTTP client, `ky`, has read the body of an error by the time it tells of it. */
async function told<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error && error.name === 'HTTPError' && 'data' in error && 'response' in error)) throw error;
    const { error: body } = (error.data ?? {}) as { readonly error?: unknown };
    throw new GraphRefusal(body, (error.response as Response).status, error);
  }
}
