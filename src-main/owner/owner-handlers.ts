import type { DeliveryDesk } from '../contract/deliveries.ts';
import type { GatewayDesk } from '../contract/keys.ts';
import type { Handlers } from '../contract/window-api.ts';
import type { OwnerActions } from './owner-actions.ts';

/** Where a window's questions about bots go. */
export interface Desks {
  readonly gateway: GatewayDesk;
  readonly deliveries: DeliveryDesk;
}

/** What is done on a channel in the same way wherever the window is; the rest depends on what surrounds it. */
export type OwnerHandlers = Omit<Handlers, 'view' | 'history' | 'importEnvFile' | 'openLink' | 'showTrayIcon' | 'setStartAtLogin' | 'pauseNotifications' | 'addEnvDelivery'>;

/** The handlers of everything that an owner can ask for in any window. */
export function ownerHandlers(actions: OwnerActions, { gateway, deliveries }: Desks): OwnerHandlers {
  return {
    connect: (request) => actions.connect(request),
    refresh: ({ connection }) => actions.refresh(connection),
    check: ({ connection }) => actions.check(connection),
    replace: (request) => actions.replace(request),
    confirmReplace: ({ connection }) => actions.confirmReplace(connection),
    forgetReplace: ({ connection }) => actions.forgetReplace(connection),
    chooseNumber: ({ connection, phoneNumberId }) => actions.chooseNumber(connection, phoneNumberId),
    remove: ({ connection }) => actions.remove(connection),
    acknowledge: ({ id }) => actions.acknowledge(id),
    setGateway: (wish) => gateway.set(wish),
    createKey: (request) => gateway.keys.create(request),
    revokeKey: ({ id }) => gateway.keys.revoke(id),
    setCommand: (request) => deliveries.setCommand(request),
    removeDelivery: ({ id }) => deliveries.remove(id),
    deliver: (request) => deliveries.deliver(request),
  };
}
