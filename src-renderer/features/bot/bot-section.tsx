import type { ReactNode } from 'react';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import { BotList } from './bot-list.tsx';
import { Doors } from './doors.tsx';
import { GatewayCard } from './gateway-card.tsx';
import './bot.css';

/** How the owner's bots get the fresh token: the two ways, the gateway with its keys, and what is set up for each connection. */
export function BotSection({ view }: { readonly view: WindowView }): ReactNode {
  return (
    <div className="bot">
      <Doors />
      <GatewayCard gateway={view.gateway} connections={view.status.connections} />
      <BotList view={view} />
    </div>
  );
}
