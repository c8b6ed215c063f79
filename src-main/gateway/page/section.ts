import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { CONTENT_SECURITY_POLICY } from '../../contract/content-security-policy.ts';
import { CHANNELS } from '../../contract/window-channels.ts';
import { SESSION_PATH, WINDOW_PATH, EVENTS_PATH } from '../../contract/window-http.ts';
import type { WindowView } from '../../contract/window-view.ts';
import type { Clock } from '../../core/ports.ts';
import type { WindowFile, WindowFiles } from '../../core/window-file.ts';
import { answerJson, answerRefusal } from '../answer.ts';
import { readJsonBody } from '../body.ts';
import { sentHeader } from '../headers.ts';
import { checkHost } from '../host-check.ts';
import { bearerKey } from '../key-check.ts';
import { GATEWAY_LIMITS } from '../limits.ts';
import { methodRefusal, type Refusal, refusal } from '../refusal.ts';
import type { Door, Section } from '../section.ts';
import { createLinks } from './links.ts';
import { checkNavigation, checkOwnPage } from './own-page.ts';
import { callRefusal, pageRefusal } from './page-refusal.ts';
import { createSessions, type Session, type SessionWindow } from './sessions.ts';
import { createStreams } from './streams.ts';

/** What the page is made of. */
export interface PageOptions {
  readonly files: WindowFiles;
  /** How things are now. */
  readonly view: () => WindowView;
  /** Opens what stands behind the pages of one session. */
  readonly openWindow: () => SessionWindow;
  readonly clock: Clock;
}

/** The owner's page in a browser. */
export interface PageSection extends Section {
  /** The secret of a new link, which opens the page once within five minutes; it belongs behind `/#open=`. */
  makeLink(): string;
  /** How things are may have changed: every open page hears of it soon. */
  changed(): void;
}

/** The largest request, bytes: a whole `.env` that is pasted. */
const BODY_BYTES = 256 * 1024;
const BODY_MS = GATEWAY_LIMITS.requestMs;

/** Nothing of this may be framed, read or taken in by a page of another origin, and no page of ours does more than show and ask. */
const ALWAYS = { 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin', 'Referrer-Policy': 'no-referrer' } as const;
const FILE_HEADERS = {
  ...ALWAYS,
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-read=()',
} as const;

const sessionSchema = z.strictObject({ secret: z.string().min(1).max(200) });

/**
 * Serves the window as a page, and its questions and news over HTTP. A link lets an owner in once; from then on a session
 * key in a header does. There is no cookie: a cookie ignores ports, so that every other program on this computer would get it.
 */
export function createPageSection({ files, view, openWindow, clock }: PageOptions): PageSection {
  const links = createLinks(clock);
  const sessions = createSessions(clock, openWindow);
  const streams = createStreams(ALWAYS);

  const sessionOf = (request: IncomingMessage): Session | null => {
    const key = bearerKey(request.rawHeaders);
    return key === null ? null : sessions.find(key);
  };

  const beginSession = async (request: IncomingMessage, response: ServerResponse): Promise<Refusal | null> => {
    const body = await readJsonBody(request, BODY_BYTES, BODY_MS);
    if (!body.ok) return body.refusal;
    const parsed = sessionSchema.safeParse(body.value);
    if (!parsed.success || !links.take(parsed.data.secret)) return pageRefusal('link-refused');
    answerJson(response, 200, { key: sessions.begin() }, ALWAYS);
    return null;
  };

  const answerQuestion = async (request: IncomingMessage, response: ServerResponse, name: string, continueBody: () => void): Promise<Refusal | null> => {
    const session = sessionOf(request);
    if (session === null) return pageRefusal('session-refused');
    const channel = CHANNELS.find((known) => known === name);
    if (channel === undefined) return refusal('not-found');
    continueBody();
    const body = await readJsonBody(request, BODY_BYTES, BODY_MS);
    if (!body.ok) return body.refusal;
    const answered = await session.window.answer(channel, body.value);
    if ('refused' in answered) return callRefusal(answered.refused);
    answerJson(response, 200, answered.value, ALWAYS);
    return null;
  };

  const streamNews = async (request: IncomingMessage, response: ServerResponse): Promise<Refusal | null> => {
    const session = sessionOf(request);
    if (session === null) return pageRefusal('session-refused');
    if (streams.full()) return pageRefusal('too-many-windows');
    await streams.open(response, session, 'viewChanged', view);
    return null;
  };

  const answer = (request: IncomingMessage, response: ServerResponse, { hosts, continueBody }: Door): Promise<Refusal | null> | Refusal | null => {
    const { rawHeaders, method = '', url = '' } = request;
    const path = pathOf(url);
    const refused = checkHost(rawHeaders, hosts) ?? (path === '/' ? checkNavigation(rawHeaders) : checkOwnPage(rawHeaders));
    if (refused !== null) return refused;
    if (sentHeader(rawHeaders, 'upgrade').count !== 'none') return refusal('upgrade-refused');
    const wanted = path === SESSION_PATH || (path.startsWith(WINDOW_PATH) && path !== EVENTS_PATH) ? 'POST' : 'GET';
    if (method !== wanted) return methodRefusal([wanted]);
    if (path !== url) return refusal('unknown-parameter');
    if (path === EVENTS_PATH) return streamNews(request, response);
    if (path.startsWith(WINDOW_PATH)) return answerQuestion(request, response, path.slice(WINDOW_PATH.length), continueBody);
    if (path === SESSION_PATH) {
      continueBody();
      return beginSession(request, response);
    }
    const file = files.get(path);
    if (file === undefined) return refusal('not-found');
    sendFile(response, file);
    return null;
  };

  return {
    takes: (target) => {
      const path = pathOf(target);
      return files.has(path) || path === SESSION_PATH || path.startsWith(WINDOW_PATH) || path.startsWith('/assets/');
    },
    serve: async (request, response, door) => {
      const refused = await answer(request, response, door);
      if (refused === null) return;
      door.refused(refused, request.method ?? null);
      answerRefusal(response, { ...refused, headers: { ...ALWAYS, ...refused.headers } });
    },
    close: () => streams.close(),
    makeLink: () => links.make(),
    changed: () => streams.tell('viewChanged', view),
  };
}

function sendFile(response: ServerResponse, { type, body, hashed }: WindowFile): void {
  response.writeHead(200, { ...FILE_HEADERS, 'Content-Type': type, 'Content-Length': body.length, 'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-store' });
  response.end(body);
}

function pathOf(target: string): string {
  const mark = target.indexOf('?');
  return mark === -1 ? target : target.slice(0, mark);
}
