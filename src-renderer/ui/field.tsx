import { type ReactNode, useId } from 'react';
import { Sentence } from './sentence.tsx';
import './field.css';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
}

/** A line of plain words; nothing secret goes in here. */
export function TextField({ name, label, hint, initial }: Props): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input id={id} className="field-input" name={name} type="text" maxLength={200} autoComplete="off" spellCheck={false} defaultValue={initial} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          <Sentence text={hint} />
        </p>
      )}
    </div>
  );
}
