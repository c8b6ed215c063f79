import { type ComponentType, type ReactNode, useCallback, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';

type Phase = 'loading' | 'failed' | 'here';

/**
 * A part of the window that is fetched when it is first shown. Where it cannot be had (the page is in a browser, and its
 * server is gone) that is said in its place, and it can be asked for again; `lazy` of React would take the window down.
 */
export function late<Props extends object>(fetchPart: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let part: ComponentType<Props> | null = null;
  return function Late(props: Props): ReactNode {
    const [phase, setPhase] = useState<Phase>(part === null ? 'loading' : 'here');
    const fetchIt = useCallback(() => {
      let wanted = true;
      const arrived = (next: Phase): void => {
        if (wanted) setPhase(next);
      };
      setPhase('loading');
      fetchPart().then(
        (fetched) => {
          part = fetched;
          arrived('here');
        },
        () => arrived('failed'),
      );
      return () => {
        wanted = false;
      };
    }, []);
    useEffect(() => (part === null ? fetchIt() : undefined), [fetchIt]);

    if (part !== null) {
      const Part = part;
      return <Part {...props} />;
    }
    return phase === 'failed' ? (
      <div className="late" role="alert">
        <p>This part of the window could not be loaded.</p>
        <Button onClick={fetchIt}>Try again</Button>
      </div>
    ) : (
      <p className="late">One moment…</p>
    );
  };
}
