import { type ReactNode, type SubmitEvent, useId } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { useAsk } from '../../app/use-ask.ts';
import { Button } from '../../ui/button.tsx';
import './number-choice.css';

interface Props {
  readonly connection: ConnectionView;
  readonly busy: boolean;
}

/** Asks which number the connection stands for, where that is not known: one of those found, else its id. */
export function NumberChoice({ connection, busy }: Props): ReactNode {
  const { id, offeredNumbers, phoneNumberId, reasonCodes } = connection;
  const ask = useAsk();
  const heading = useId();
  const choose = (chosen: string): void => ask(id, 'number', (bridge) => bridge.chooseNumber({ connection: id, phoneNumberId: chosen }));

  if (offeredNumbers.length > 0) {
    return (
      <section className="numbers" aria-labelledby={heading}>
        <h3 className="numbers-head" id={heading}>
          Which number does your bot use?
        </h3>
        <ul className="numbers-list">
          {offeredNumbers.map((number) => (
            <li key={number.id}>
              <Button className="number" off={busy} onClick={() => choose(number.id)}>
                <span>{number.display ?? 'Number without a name'}</span>
                <span className="faint">id {number.id}</span>
              </Button>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  if (phoneNumberId !== null || !reasonCodes.includes('number-not-checked')) return null;

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('phoneNumberId');
    if (!busy && typeof typed === 'string' && typed.trim() !== '') choose(typed.trim());
  };
  return (
    <form className="numbers numbers-form" onSubmit={submit}>
      <label className="field-label" htmlFor={heading}>
        Id of your phone number
      </label>
      <input className="field-input" id={heading} name="phoneNumberId" inputMode="numeric" maxLength={200} autoComplete="off" />
      <Button type="submit" off={busy}>
        Use this number
      </Button>
    </form>
  );
}
