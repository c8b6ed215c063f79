import { isIPv6 } from 'node:net';
import type { Concern } from '../core/alerts/alert.ts';
import type { Listening } from '../gateway/listening.ts';
import type { ServerOptions } from './options.ts';
import { portHint } from './port-hint.ts';

/** Where server mode is reached, and what must be said about that. */
export interface ServerAddress {
  readonly listening: Listening;
  /** What the owner's browser is led to, such as `http://127.0.0.1:28743`. */
  readonly origin: string;
  /** Whether the command line reaches it at 127.0.0.1. */
  readonly onLoopback: boolean;
  /** Sentences for an owner who let others in or chose a port that may be taken; none otherwise. */
  readonly warnings: readonly Concern[];
}

const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Works the address out from what the owner demanded. A name without a port is meant with ours, and without any as behind a proxy. */
export function serverAddress({ listen, port, allowedHosts }: Pick<ServerOptions, 'listen' | 'port' | 'allowedHosts'>): ServerAddress {
  const everywhere = EVERYWHERE.has(listen);
  const own = `${isIPv6(listen) ? `[${listen}]` : listen}:${port}`;
  const onLoopback = listen === '127.0.0.1' || everywhere;
  const alsoCalled = [...(onLoopback ? [] : [own]), ...allowedHosts.flatMap((name) => (/:\d+$/.test(name) ? [name] : [name, `${name}:${port}`]))];
  return {
    listening: { kind: 'port', port, host: listen, alsoCalled },
    origin: `http://${onLoopback ? `127.0.0.1:${port}` : own}`,
    onLoopback,
    warnings: [...openTo(listen, port), ...allowedHosts.map(calledBy), ...takenAtTimes(port)],
  };
}

function openTo(listen: string, port: number): readonly Concern[] {
  if (listen.startsWith('127.') || listen === '::1') return [];
  return [
    {
      subject: `listen/${listen}`,
      severity: 'warning',
      text: `Other computers can reach Evertoken at ${listen}, port ${port} (--listen), and whatever goes over the network there, keys and tokens among it, is not encrypted. Without --listen only this computer can.`,
    },
  ];
}

function takenAtTimes(port: number): readonly Concern[] {
  const text = portHint(port);
  return text === null ? [] : [{ subject: `port/${port}`, severity: 'warning', text }];
}

function calledBy(name: string): Concern {
  return {
    subject: `allow-host/${name}`,
    severity: 'warning',
    text: `Evertoken answers to the name ${name} too (--allow-host). Whoever decides where that name leads can lead browsers here: allow only a name of your own.`,
  };
}
