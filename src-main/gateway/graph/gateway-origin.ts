import type { HeaderSurvey } from './request-survey.ts';

const LOOPBACK = /^(?:127\.0\.0\.1|localhost)(?::|$)/i;

/** Where the caller reaches this server, as it said itself: `http://127.0.0.1:28743`; https where it came by that to a proxy under a name of ours. */
export function gatewayOrigin({ host, forwardedProto }: Pick<HeaderSurvey, 'host' | 'forwardedProto'>): string {
  // On a socket of the file system callers name themselves any host.
  const named = /^[\w.:[\]-]{1,255}$/.test(host) ? host : 'localhost';
  return `${forwardedProto === 'https' && !LOOPBACK.test(named) ? 'https' : 'http'}://${named}`;
}
