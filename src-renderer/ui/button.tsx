import type { ComponentProps, ReactNode } from 'react';
import './button.css';

interface Props extends Omit<ComponentProps<'button'>, 'disabled'> {
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  /** Nothing happens on a press. The button keeps the focus, which `disabled` would take away from whoever just pressed it. */
  readonly off?: boolean;
  /** What the press began is under way. */
  readonly busy?: boolean;
}

/** A button; plain unless told. */
export function Button({ kind = 'plain', off = false, busy = false, type = 'button', className, onClick, ...rest }: Props): ReactNode {
  const isOff = off || busy;
  return (
    <button
      {...rest}
      type={type}
      className={['button', `button-${kind}`, className].filter(Boolean).join(' ')}
      aria-disabled={isOff || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
