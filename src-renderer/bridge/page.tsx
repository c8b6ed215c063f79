import { createRoot } from 'react-dom/client';
import type { ReactNode } from 'react';
import { mountWindow } from '../app/mount.tsx';
import { Alone } from '../ui/alone.tsx';
import { Button } from '../ui/button.tsx';
import { createHttpBridge } from './http-bridge.ts';
import { showLost } from './lost.tsx';
import { enter, forgetSession, sessionKey, takeSecret } from './session.ts';

const NO_LINK = 'This page opens with a link from Evertoken.';
const USED_LINK = 'This link does not work any more: each works once, and within five minutes.';
const OVER = 'This page has to be opened anew: Evertoken was restarted, or nobody used the page for long. Your tokens are kept alive all the same.';

/** Puts the window into `element`, fed over HTTP, or what stands in its way. A link that is opened in this tab later is taken, too. */
export function openPage(element: Element): void {
  let takeDown = (): void => undefined;

  const show = (content: ReactNode): void => {
    takeDown();
    const root = createRoot(element);
    root.render(<Alone>{content}</Alone>);
    document.title = 'Evertoken';
    takeDown = () => root.unmount();
  };

  const showWindow = (key: string): void => {
    takeDown();
    const lost = showLost();
    const { bridge, stop } = createHttpBridge(key, {
      reachable: (yes) => lost.set(!yes),
      refused: () => {
        forgetSession();
        show(<WayIn why={OVER} />);
      },
    });
    const unmount = mountWindow(element, bridge);
    takeDown = () => {
      stop();
      lost.remove();
      unmount();
    };
  };

  const goIn = async (secret: string): Promise<void> => {
    show(<Line>Opening…</Line>);
    const entry = await enter(secret);
    if (entry.outcome === 'in') return showWindow(entry.key);
    // Whoever opens a used link once more, or loads it from the history, is in already.
    const key = sessionKey();
    if (entry.outcome === 'refused') return key === null ? show(<WayIn why={USED_LINK} />) : showWindow(key);
    show(
      <>
        <Line alert>Evertoken did not answer. Look whether it runs on that computer.</Line>
        <Button kind="primary" onClick={() => void goIn(secret)}>
          Try again
        </Button>
      </>,
    );
  };

  const begin = (): void => {
    const secret = takeSecret();
    if (secret !== null) return void goIn(secret);
    const key = sessionKey();
    if (key === null) show(<WayIn why={NO_LINK} />);
    else showWindow(key);
  };

  // A link that is opened in the same tab changes no more than the fragment.
  addEventListener('hashchange', () => {
    const secret = takeSecret();
    if (secret !== null) void goIn(secret);
  });
  begin();
}

function Line({ alert = false, children }: { readonly alert?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <p className="alone-line" role={alert ? 'alert' : 'status'}>
      {children}
    </p>
  );
}

function WayIn({ why }: { readonly why: string }): ReactNode {
  return (
    <>
      <Line alert>{why}</Line>
      <p className="alone-line">
        On the computer where Evertoken runs, type <code>npx evertoken open</code> in its folder. It prints a new link: open that in this browser within five minutes.
      </p>
    </>
  );
}
