import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Message, messageType } from 'dbus-native';

/** A session bus of a test's own. */
export interface FakeBus {
  readonly env: NodeJS.ProcessEnv;
  /** What was asked, as `member argument…`, with `!` where the service was not to be started for it. */
  readonly asked: string[];
  /** Connections made so far, and those still open. */
  connections(): { readonly made: number; readonly open: number };
  stop(): Promise<void>;
}

/** What the bus answers to a call: a signature and values, or an error's name. */
export type FakeReply = { readonly signature: string; readonly body: readonly unknown[] } | { readonly errorName: string };

/** Starts a bus that treats each connection as told. */
export async function startFakeBus(attend: (socket: Socket, asked: string[]) => void): Promise<FakeBus> {
  const folder = mkdtempSync(join(tmpdir(), 'evertoken-bus-'));
  const path = join(folder, 'bus');
  const asked: string[] = [];
  const open = new Set<Socket>();
  let made = 0;
  const server: Server = createServer((socket) => {
    made += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    attend(socket, asked);
  });
  server.listen(path);
  await once(server, 'listening');
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: `unix:path=${path}` },
    asked,
    connections: () => ({ made, open: open.size }),
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A bus that speaks D-Bus and gives these answers, by member; it is silent to whatever is not in the list. */
export function startAnsweringBus(replies: Readonly<Record<string, FakeReply>>): Promise<FakeBus> {
  return startFakeBus((socket, asked) => {
    const connection = createConnection({ stream: socket, server: true });
    connection.on('error', () => undefined);
    connection.on('message', (message: Message) => {
      asked.push([message.member, ...(message.body ?? []), ...((message.flags ?? 0) & 2 ? ['!'] : [])].join(' '));
      const reply = replies[message.member ?? ''];
      if (reply === undefined) return;
      const head = { serial: asked.length, replySerial: message.serial ?? 0 };
      connection.message('errorName' in reply ? { ...head, type: messageType.error, errorName: reply.errorName } : { ...head, type: messageType.methodReturn, signature: reply.signature, body: [...reply.body] });
    });
  });
}
