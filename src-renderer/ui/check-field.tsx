import { type ReactNode, useId } from 'react';
import './field.css';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly hint?: string;
  readonly checked?: boolean;
  readonly kind?: 'checkbox' | 'radio';
  readonly onChange?: (checked: boolean) => void;
}

/** A box to tick, or one of several to choose from, with what it means beneath. Uncontrolled: the form reads it when it is sent. */
export function CheckField({ name, label, value, hint, checked = false, kind = 'checkbox', onChange }: Props): ReactNode {
  const id = useId();
  return (
    <div className="check">
      <input id={id} className="check-box" type={kind} name={name} value={value} defaultChecked={checked} onChange={(event) => onChange?.(event.currentTarget.checked)} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      <label className="check-label" htmlFor={id}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p className="field-hint check-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
