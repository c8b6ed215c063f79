import { closedControlSocket, prepareControlSocket, protectControlSocket } from '../adapters/control-socket.ts';
import type { PreferenceStore } from '../adapters/desktop-preferences.ts';
import { removeRunningFile, writeRunningFile } from '../adapters/running-file.ts';
import type { Gateway } from '../gateway/server.ts';
import type { Desks } from '../owner/owner-handlers.ts';
import { GatewaySwitch } from './gateway-switch.ts';
import type { RunOptions } from './options.ts';
import type { RunningKeeper } from './run-keeper.ts';
import { openService, type Service } from './service.ts';

/** What the desktop app has beside its window: the gateway behind its switch, deliveries, and a socket for the command line. */
export interface DesktopService extends Desks {
  /** Stops listening and keeps what was counted. Before the keeper stops. */
  close(): Promise<void>;
}

/** Opens it and sets it to work. Rejects with `StorageFault` where the data folder does not allow it. */
export async function openDesktopService(running: RunningKeeper, options: RunOptions, preferences: PreferenceStore): Promise<DesktopService> {
  const { dataFolder } = options;
  const { pid } = process;
  const service = await openService(running, options);
  // The command line is always answered; bots only once the owner wants that.
  const control = await openControl(service, running, dataFolder);
  const socket = control?.path ?? null;
  const startedAt = running.clock.now();
  const tellWhere = (port: number | null): Promise<void> => writeRunningFile(dataFolder, { port, socket, pid, startedAt });
  await tellWhere(null);
  const { gatewayEnabled, gatewayPort } = preferences.get();
  const gateway = new GatewaySwitch({
    service,
    wish: { enabled: gatewayEnabled, port: gatewayPort ?? options.port },
    keep: ({ enabled, port }) => preferences.set({ gatewayEnabled: enabled, gatewayPort: port }),
    onListening: tellWhere,
  });
  await gateway.look();
  // Said once and after the first look: an alert that stands on from the last run keeps the owner's "seen".
  if (gateway.view().trouble === null) await service.declareTrouble([]);
  running.afterLook(async () => {
    await gateway.look();
    await service.deliveries.look();
  });
  void service.deliveries.look();
  return {
    gateway,
    deliveries: service.deliveries,
    close: async () => {
      await Promise.all([gateway.close(), control?.server.close()]);
      await service.close();
      await removeRunningFile(dataFolder, pid);
      if (socket !== null) await closedControlSocket(socket);
    },
  };
}

/** The server for the command line; null where the system has no place for its socket, which must not keep the tokens from being kept alive. */
async function openControl(service: Service, { log }: RunningKeeper, dataFolder: string): Promise<{ readonly path: string; readonly server: Gateway } | null> {
  try {
    const path = await prepareControlSocket(dataFolder);
    const server = await service.serve({ kind: 'socket', path }, []);
    await protectControlSocket(path);
    return { path, server };
  } catch (error) {
    log.write('error', 'no-control-socket', { message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}
