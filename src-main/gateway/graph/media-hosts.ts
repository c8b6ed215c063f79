import { decodeLoosely } from './decoding.ts';
import { leadsToOauth } from './refused-fields.ts';

/** Whether a media file may be fetched from an address, with the token. */
export type MediaHosts = (url: string) => boolean;

/** Where Meta keeps the media of WhatsApp and Facebook. */
const META = /^(?:[a-z0-9-]+\.)*(?:facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net|whatsapp\.com)$/;

/** Hosts of Meta's that serve an API instead of files, `graph-video.facebook.com` among them: what they answer may hold tokens. */
const API = /(?:^|[.-])(?:graph|api)(?:[.-]|$)/;

/** The rule for one Graph address (without a slash at the end): Meta's own hosts by https; in a trial on this computer only that very address. */
export function createMediaHosts(graphUrl: string, loopback: boolean): MediaHosts {
  const { origin } = new URL(graphUrl);
  return (text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    if (url.username !== '' || url.password !== '' || leadsToOauth(decodeLoosely(decodeLoosely(url.pathname)))) return false;
    if (loopback) return url.origin === origin;
    return url.protocol === 'https:' && url.port === '' && META.test(url.hostname) && !API.test(url.hostname);
  };
}
