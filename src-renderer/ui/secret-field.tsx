import { type ReactNode, type RefObject, useId, useState } from 'react';
import { Sentence } from './sentence.tsx';
import './field.css';

interface Props {
  readonly name: string;
  readonly label: string;
  /** What it holds, for the name of the button that shows it. */
  readonly holds: string;
  readonly hint?: string;
  /** Room for a whole .env; else one line. */
  readonly tall?: boolean;
  readonly fieldRef?: RefObject<HTMLTextAreaElement | null>;
  /** Id of the element that says what is wrong with it. */
  readonly complaint?: string | null;
}

/**
 * A field for something secret. React never learns what stands in it: no value, no default, no state. So it can
 * reach neither an attribute of the page nor anything that React keeps.
 */
export function SecretField({ name, label, holds, hint, tall = false, fieldRef, complaint = null }: Props): ReactNode {
  const id = useId();
  const [shown, setShown] = useState(false);
  const described = [hint === undefined ? null : `${id}-hint`, complaint].filter((one) => one !== null).join(' ');
  return (
    <div className="field">
      <div className="field-head">
        <label className="field-label" htmlFor={id}>
          {label}
        </label>
        <button type="button" className="field-toggle" aria-label={`${shown ? 'Hide' : 'Show'} the ${holds}`} aria-controls={id} onClick={() => setShown(!shown)}>
          {shown ? 'Hide' : 'Show'}
        </button>
      </div>
      <textarea
        id={id}
        ref={fieldRef}
        className={shown ? 'field-input field-secret' : 'field-input field-secret masked'}
        name={name}
        rows={tall ? 4 : 1}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        onKeyDown={(event) => {
          // One line is no place for a line break: there Enter sends, as in every other field.
          if (tall || event.key !== 'Enter') return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
        aria-describedby={described === '' ? undefined : described}
        aria-invalid={complaint === null ? undefined : true}
      />
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          <Sentence text={hint} />
        </p>
      )}
    </div>
  );
}
