import { type ElementType, type ReactNode, useEffect } from 'react';

interface Props {
  readonly children: ReactNode;
  /** What to render instead of a div; Radix gives a slot that becomes its child. */
  readonly as?: ElementType;
  readonly enabled?: boolean;
  readonly allowPinchZoom?: boolean;
  readonly shards?: unknown;
}

let locks = 0;

/**
 * Stands in for react-remove-scroll, which Radix dialogs are built on: that one injects a `<style>` element, and our
 * content security policy forbids it. Here a class on the page keeps it from scrolling behind a dialog.
 */
export function RemoveScroll({ as: Wrapper = 'div', enabled = true, allowPinchZoom: _zoom, shards: _shards, children, ...rest }: Props): ReactNode {
  useEffect(() => {
    if (!enabled) return undefined;
    const { classList, clientWidth } = document.documentElement;
    locks += 1;
    if (locks === 1) {
      classList.toggle('scroll-gutter', window.innerWidth > clientWidth);
      classList.add('scroll-locked');
    }
    return () => {
      locks -= 1;
      if (locks === 0) classList.remove('scroll-locked', 'scroll-gutter');
    };
  }, [enabled]);
  return <Wrapper {...rest}>{children}</Wrapper>;
}
