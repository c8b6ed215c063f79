import { Tabs } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import type { WindowView } from '../../src-main/contract/window-view.ts';
import { SetUp } from '../features/connect/set-up.tsx';
import { History } from '../features/history/history.tsx';
import { AppMenu } from '../features/settings/app-menu.tsx';
import { Banners } from '../features/status/banners.tsx';
import { ConnectionList } from '../features/status/connection-list.tsx';
import { OutcomeNote } from '../features/status/outcome-note.tsx';
import { Overall } from '../features/status/overall.tsx';
import { Mark } from '../ui/mark.tsx';
import { BotSection } from './bot-late.ts';
import { useWish } from './window-parts.tsx';
import './home.css';

const TABS = ['connections', 'bot', 'events'] as const;
type Tab = (typeof TABS)[number];

/** The window once main has answered. */
export function Home({ view }: { readonly view: WindowView }): ReactNode {
  const empty = view.status.connections.length === 0;
  const [tab, setTab] = useState<Tab>('connections');
  const wish = useWish();
  useEffect(() => {
    if (wish !== null) setTab(wish.part);
  }, [wish]);

  const top = (
    <div className="bar">
      <h1 className="name">
        <Mark />
        Evertoken
      </h1>
      <Overall look={view.app.look} />
      <AppMenu app={view.app} offersConnection={!empty} />
    </div>
  );
  const messages = (
    <>
      <Banners view={view} />
      <OutcomeNote place={null} />
    </>
  );
  if (empty) {
    return (
      <>
        <header className="top">{top}</header>
        <main className="page">
          {messages}
          <SetUp vault={view.status.vault.kind} />
        </main>
      </>
    );
  }
  return (
    <Tabs.Root value={tab} onValueChange={(value) => setTab(TABS.find((known) => known === value) ?? 'connections')}>
      <header className="top">
        {top}
        <Tabs.List className="tabs" aria-label="Sections">
          <Tabs.Trigger className="tab" value="connections">
            {view.status.connections.length === 1 ? 'Connection' : 'Connections'}
          </Tabs.Trigger>
          <Tabs.Trigger className="tab" value="bot">
            Your bot
          </Tabs.Trigger>
          <Tabs.Trigger className="tab" value="events">
            Recent events
          </Tabs.Trigger>
        </Tabs.List>
      </header>
      <main className="page">
        {messages}
        {/* Stays in the page, so that an open card and a search are as they were when the owner comes back. */}
        <Tabs.Content value="connections" forceMount className="tab-content" tabIndex={-1}>
          <ConnectionList view={view} inFront={tab === 'connections'} />
        </Tabs.Content>
        <Tabs.Content value="bot" className="tab-content" tabIndex={-1}>
          <BotSection view={view} />
        </Tabs.Content>
        <Tabs.Content value="events" className="tab-content" tabIndex={-1}>
          <History view={view} />
        </Tabs.Content>
      </main>
    </Tabs.Root>
  );
}
