import { type ReactNode, useEffect } from 'react';
import { Alone } from '../ui/alone.tsx';
import { Button } from '../ui/button.tsx';
import { Dialogs } from './dialogs.tsx';
import { Home } from './home.tsx';
import { useParts, useViewState } from './window-parts.tsx';
import { OVERALL } from '../features/status/looks.ts';

/** The window from its first moment on: no answer yet, no answer at all, or everything. */
export function WindowApp(): ReactNode {
  const { views } = useParts();
  const state = useViewState();
  const look = state.phase === 'ready' ? state.view.app.look : null;
  useEffect(() => {
    document.title = look === null ? 'Evertoken' : `Evertoken: ${OVERALL[look]}`;
  }, [look]);

  switch (state.phase) {
    case 'loading':
      return (
        <Alone>
          <p className="alone-line" role="status">
            Looking how your connections are…
          </p>
        </Alone>
      );
    case 'failed':
      return (
        <Alone>
          <p className="alone-line" role="alert">
            Evertoken did not say how your connections are. It may still be starting.
          </p>
          <Button kind="primary" onClick={() => void views.load()}>
            Try again
          </Button>
        </Alone>
      );
    case 'ready':
      return (
        <>
          <Home view={state.view} />
          <Dialogs view={state.view} />
        </>
      );
  }
}
