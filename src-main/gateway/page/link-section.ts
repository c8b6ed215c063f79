import { LINKS_PATH } from '../../contract/window-http.ts';
import { answerJson, answerRefusal } from '../answer.ts';
import { findCaller, ownerOnlyRefusal } from '../consumer-check.ts';
import type { Consumers } from '../consumers.ts';
import { checkHost } from '../host-check.ts';
import { bearerKey, type KeyDigest } from '../key-check.ts';
import { checkOrigin } from '../origin-check.ts';
import { methodRefusal, type Refusal } from '../refusal.ts';
import type { Section } from '../section.ts';

/** What making links takes. */
export interface LinkSectionOptions {
  readonly consumers: Pick<Consumers, 'findDigest'>;
  /** Of the owner's key. */
  readonly ownerDigest: KeyDigest;
  /** A new address that opens the page once; a secret until then. */
  readonly makeLink: () => string;
}

/** Makes a new link to the page for whoever shows the owner's key, as the command line does. */
export function createLinkSection({ consumers, ownerDigest, makeLink }: LinkSectionOptions): Section {
  const objection = (rawHeaders: readonly string[], method: string, hosts: ReadonlySet<string> | null): Refusal | null => {
    const foreign = checkHost(rawHeaders, hosts) ?? checkOrigin(rawHeaders);
    if (foreign !== null) return foreign;
    const caller = findCaller(consumers, ownerDigest, bearerKey(rawHeaders));
    if (!caller.ok) return caller.refusal;
    if (caller.consumer !== null) return ownerOnlyRefusal();
    return method === 'POST' ? null : methodRefusal(['POST']);
  };
  return {
    takes: (target) => target === LINKS_PATH,
    serve: (request, response, door) => {
      const { rawHeaders, method = '' } = request;
      const refused = objection(rawHeaders, method, door.hosts);
      if (refused === null) answerJson(response, 200, { url: makeLink() });
      else {
        door.refused(refused, method);
        answerRefusal(response, refused);
      }
      return Promise.resolve();
    },
    close: () => undefined,
  };
}
