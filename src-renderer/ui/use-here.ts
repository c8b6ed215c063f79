import { type RefObject, useEffect, useRef } from 'react';

/** Whether the part that uses this still stands in the page: what was asked from it may be answered after it has gone. */
export function useHere(): RefObject<boolean> {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}
