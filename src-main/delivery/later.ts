/** Does some work after so many real ms, once; answers how to give it up. */
export type Later = (work: () => void, ms: number) => () => void;

/** Timers of Node that keep no program from ending. */
export const nodeLater: Later = (work, ms) => {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
