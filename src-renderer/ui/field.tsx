import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Sentence } from './sentence.tsx';
import './field.css';

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly initial?: string;
  readonly maxLength?: number;
  /** Takes the focus as soon as it is there. */
  readonly focused?: boolean;
}

/** A line of plain words; nothing secret goes in here. */
export function TextField({ name, label, hint, initial, maxLength = 200, focused = false }: Props): ReactNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input id={id} ref={input} className="field-input" name={name} type="text" maxLength={maxLength} autoComplete="off" spellCheck={false} defaultValue={initial} aria-describedby={hint === undefined ? undefined : `${id}-hint`} />
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          <Sentence text={hint} />
        </p>
      )}
    </div>
  );
}
