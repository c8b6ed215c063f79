import { SHOP } from '../../src-main/practice/shop.ts';
import { type Bot, type BotSettings, GraphRefusal, VERSION } from './bot.ts';

/** A bot that uses `fetch` and puts what it holds for its token where older code puts it: into the address and into the form. */
export interface PlainBot extends Bot {
  /** Names of all templates, one page at a time, by the links that the answers give. */
  templates(): Promise<readonly string[]>;
}

interface Answer {
  readonly error?: unknown;
  readonly id?: string;
  readonly url?: string;
  readonly messages?: readonly { readonly id: string }[];
  readonly display_phone_number?: string;
  readonly data?: readonly { readonly name: string }[];
  readonly paging?: { readonly next?: string };
}

/** Makes one. */
export function plainBot({ base, key, phoneNumberId }: BotSettings): PlainBot {
  const address = (path: string, query = ''): string => `${base}/${VERSION}/${path}?${query}access_token=${key}`;
  const post = (path: string, body: object): Promise<Answer> => ask(address(path), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const send = async (body: object): Promise<string> => (await post(`${phoneNumberId}/messages`, { messaging_product: 'whatsapp', ...body })).messages?.[0]?.id ?? '';
  return {
    client: 'fetch',
    sendText: (to, body) => send({ to, type: 'text', text: { body } }),
    sendTemplate: (to, name) => send({ to, type: 'template', template: { name, language: { code: 'en_US' } } }),
    upload: async (bytes) => {
      const form = new FormData();
      form.set('messaging_product', 'whatsapp');
      form.set('access_token', key);
      form.set('file', new Blob([bytes], { type: 'image/png' }), 'picture.png');
      return (await ask(`${base}/${VERSION}/${phoneNumberId}/media`, { method: 'POST', body: form })).id ?? '';
    },
    download: async (mediaId) => {
      const { url = '' } = await ask(address(mediaId));
      const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
      if (!response.ok) throw new GraphRefusal(((await response.json()) as Answer).error, response.status);
      return new Uint8Array(await response.arrayBuffer());
    },
    readNumber: async () => (await ask(address(phoneNumberId, 'fields=display_phone_number&'))).display_phone_number ?? '',
    templates: async () => {
      const names: string[] = [];
      for (let next: string | undefined = address(`${SHOP.wabaId}/message_templates`, 'limit=1&'); next !== undefined; ) {
        const page: Answer = await ask(next, { headers: { authorization: `Bearer ${key}` } });
        names.push(...(page.data ?? []).map(({ name }) => name));
        next = page.paging?.next;
      }
      return names;
    },
  };
}

async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new GraphRefusal(answer.error, response.status);
  return answer;
}
