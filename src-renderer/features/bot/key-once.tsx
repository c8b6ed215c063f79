import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { useCopy } from './use-copy.ts';

interface Props {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Whether there is a key to show. */
  readonly shown: boolean;
  readonly onClose: () => void;
}

/**
 * The one sight of a new key. Like a pasted token it is a field's value and nothing else: neither React nor the page's
 * markup ever holds it, and when the field goes it is emptied.
 */
export function KeyOnce({ field, shown, onClose }: Props): ReactNode {
  const id = useId();
  const copyButton = useRef<HTMLButtonElement>(null);
  const { said, copy } = useCopy();
  useEffect(() => {
    if (shown) copyButton.current?.focus();
  }, [shown]);
  useEffect(() => {
    const { current } = field;
    return () => {
      if (current !== null) current.value = '';
    };
  }, [field]);
  return (
    <div className="form" hidden={!shown}>
      <div className="field">
        <label className="field-label" htmlFor={id}>
          Your new key
        </label>
        <textarea id={id} ref={field} className="field-input field-secret" rows={3} readOnly autoComplete="off" spellCheck={false} aria-describedby={`${id}-once`} />
        <p className="key-warning" id={`${id}-once`}>
          This is the only time that it is shown. Evertoken keeps no copy: if it is lost, revoke it and make another.
        </p>
      </div>
      <div className="form-actions">
        <Button ref={copyButton} kind="primary" aria-describedby={`${id}-once`} onClick={() => copy(field.current?.value ?? '', () => field.current?.select())}>
          Copy the key
        </Button>
        <Button onClick={onClose}>I have stored it</Button>
        <p className="form-progress" role="status">
          {said}
        </p>
      </div>
    </div>
  );
}
