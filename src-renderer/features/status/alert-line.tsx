import type { ReactNode } from 'react';
import type { AlertView } from '../../../src-main/contract/status.ts';
import { useAsk } from '../../app/use-ask.ts';
import { usePending } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import './alert-line.css';

interface Props {
  readonly alert: AlertView;
  readonly connection: string | null;
}

/** An alert in its own words, and a way to be spared its reminders. The alert stands as long as its cause. */
export function AlertLine({ alert, connection }: Props): ReactNode {
  const ask = useAsk();
  const pending = usePending(connection);
  return (
    <div className="alert" data-severity={alert.severity}>
      <Glyph name={alert.severity === 'urgent' ? 'exclamation' : 'clock'} size={18} />
      <p className="alert-words">
        <span className="unseen">{alert.severity === 'urgent' ? 'Urgent: ' : 'Warning: '}</span>
        <Sentence text={alert.text} />
      </p>
      {alert.acknowledgedAt === null ? (
        <Button kind="plain" className="button-small" off={pending !== null} busy={pending === 'acknowledge'} onClick={() => ask(connection, 'acknowledge', (bridge) => bridge.acknowledge({ id: alert.id }))}>
          Don’t remind me
        </Button>
      ) : null}
    </div>
  );
}
