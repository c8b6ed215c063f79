import { closedControlSocket, prepareControlSocket, protectControlSocket } from '../adapters/control-socket.ts';
import { StorageFault } from '../adapters/storage-fault.ts';
import { removeRunningFile, writeRunningFile } from '../adapters/running-file.ts';
import { readWindowFiles } from '../adapters/window-files.ts';
import type { GatewayDesk } from '../contract/keys.ts';
import type { Outcome } from '../contract/outcome.ts';
import { LINK_FRAGMENT } from '../contract/window-http.ts';
import { createLinkSection } from '../gateway/page/link-section.ts';
import { createPageSection, type PageSection } from '../gateway/page/section.ts';
import type { Gateway } from '../gateway/server.ts';
import { GatewayStartError } from '../gateway/start-error.ts';
import { ServerWindows } from '../owner/server-window.ts';
import type { ServerAddress } from './listening.ts';
import type { ServerOptions } from './options.ts';
import type { RunningKeeper } from './run-keeper.ts';
import { openService, type Service } from './service.ts';
import { VERSION } from './version.ts';

/** What server mode has around its keeper: gateway, admin page, deliveries, and a socket for the command line. */
export interface ServerService {
  /** A new address that opens the admin page once, within five minutes; null where the page's files are missing. */
  makeLink(): string | null;
  /** Writes down where the command line finds this. */
  announce(): Promise<void>;
  /** Ends streams, lets what is under way finish, and keeps what was counted. Before the keeper stops. */
  close(): Promise<void>;
}

/** Opens it and sets it to work. Rejects with `StorageFault` or `GatewayStartError` where data folder or port do not allow it. */
export async function openServerService(running: RunningKeeper, options: ServerOptions, address: ServerAddress, windowFolder: string): Promise<ServerService> {
  const { dataFolder } = options;
  const { clock, keeper } = running;
  const service = await openService(running, options);
  await service.declareTrouble(address.warnings);
  const desks = { gateway: fixedGateway(service, options.port, address.origin), deliveries: service.deliveries };
  let page: PageSection | null = null;
  const changed = (): void => page?.changed();
  const windows = new ServerWindows({ keeper, desks, history: (connection) => running.history(connection), version: VERSION, clock, onChange: changed });
  const files = await readWindowFiles(windowFolder);
  page = files === null ? null : createPageSection({ files, view: windows.view, openWindow: windows.open, clock });
  const makeLink = page === null ? null : linkMaker(page, address.origin);
  const links = makeLink === null ? [] : [createLinkSection({ consumers: service.keys, ownerDigest: service.ownerDigest, makeLink })];
  const socket = await controlSocket(dataFolder, address.onLoopback);
  const doors = await openDoors([
    () => service.serve(address.listening, [...(page === null ? [] : [page]), ...links, service.graph()]),
    ...(socket === null ? [] : [() => service.serve({ kind: 'socket', path: socket }, links)]),
  ]);
  if (socket !== null) await protectControlSocket(socket);
  running.afterLook(async () => {
    windows.dropExpired();
    changed();
    await service.deliveries.look();
  });
  void service.deliveries.look();
  return {
    makeLink: () => makeLink?.() ?? null,
    announce: () => writeRunningFile(dataFolder, { port: address.onLoopback ? options.port : null, socket, pid: process.pid, startedAt: clock.now() }),
    close: async () => {
      await Promise.all(doors.map((door) => door.close()));
      await service.close();
      await Promise.all([removeRunningFile(dataFolder, process.pid), ...(socket === null ? [] : [closedControlSocket(socket)])]);
    },
  };
}

function linkMaker(page: PageSection, origin: string): () => string {
  return () => `${origin}/#${LINK_FRAGMENT}${page.makeLink()}`;
}

/** Some file systems have no sockets. The command line can do without where it finds the port on this computer. */
async function controlSocket(dataFolder: string, canDoWithout: boolean): Promise<string | null> {
  try {
    return await prepareControlSocket(dataFolder);
  } catch (error) {
    if (canDoWithout && error instanceof StorageFault) return null;
    throw error;
  }
}

/** Opens one after the other; where one cannot be opened, those before it are closed again. */
async function openDoors(openers: readonly (() => Promise<Gateway>)[]): Promise<readonly Gateway[]> {
  const open: Gateway[] = [];
  try {
    for (const opener of openers) open.push(await opener());
    return open;
  } catch (error) {
    await Promise.all(open.map((door) => door.close()));
    throw error instanceof GatewayStartError ? withOption(error) : error;
  }
}

/** The same, with where a port is chosen. */
function withOption(error: GatewayStartError): GatewayStartError {
  return error.wantsPort ? new GatewayStartError(error.code, `${error.message} It is chosen with --port.`, true) : error;
}

/** The gateway of server mode: on for as long as the program runs, at the address that it was started with. */
function fixedGateway(service: Service, port: number, address: string): GatewayDesk {
  const fixed: Outcome = {
    ok: false,
    code: 'set-at-start',
    message: 'Without a screen the gateway is always on. Its port is chosen where Evertoken is started, with --port.',
    connection: null,
    details: [],
  };
  return {
    keys: service.keys,
    view: () => ({ enabled: true, canChange: false, port, address, trouble: null, keys: service.keys.list() }),
    set: () => Promise.resolve(fixed),
  };
}
