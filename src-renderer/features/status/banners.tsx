import type { ReactNode } from 'react';
import type { WindowView } from '../../../src-main/contract/window-view.ts';
import type { GlyphName } from '../../ui/glyph-name.ts';
import { Glyph } from '../../ui/glyph.tsx';
import { Sentence } from '../../ui/sentence.tsx';
import { AlertLine } from './alert-line.tsx';

/** More than these would push the connections themselves out of sight. */
const MOST = 5;

/** What concerns the app as a whole, and what a notification would have said where none can be shown. */
export function Banners({ view }: { readonly view: WindowView }): ReactNode {
  const { status, app } = view;
  const unheard = app.notificationTrouble === null ? [] : status.connections.flatMap(({ id, alerts }) => alerts.filter(({ acknowledgedAt }) => acknowledgedAt === null).map((alert) => ({ id, alert })));
  // An alert that says the same stands there already, with a button.
  const note = status.alerts.some(({ text }) => text === status.vault.note) ? null : status.vault.note;
  if (status.alerts.length === 0 && note === null && app.notificationTrouble === null) return null;
  return (
    <section className="banners" aria-label="Messages">
      {note === null ? null : <Note text={note} glyph={status.vault.locked ? 'padlock' : 'exclamation'} />}
      {status.alerts.map((alert) => (
        <AlertLine key={alert.id} alert={alert} connection={null} />
      ))}
      {app.notificationTrouble === null ? null : <Note text={`Notifications do not show on this computer, so reminders stand here. ${app.notificationTrouble}`} />}
      {unheard.slice(0, MOST).map(({ id, alert }) => (
        <AlertLine key={alert.id} alert={alert} connection={id} />
      ))}
      {unheard.length > MOST ? <Note text={`${unheard.length - MOST} more stand in the details of their connections.`} /> : null}
    </section>
  );
}

function Note({ text, glyph = 'exclamation' }: { readonly text: string; readonly glyph?: GlyphName }): ReactNode {
  return (
    <div className="alert" data-severity="note">
      <Glyph name={glyph} size={18} />
      <p className="alert-words">
        <Sentence text={text} />
      </p>
    </div>
  );
}
