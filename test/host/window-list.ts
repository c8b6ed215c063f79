/** What the app needs of a window when it ends. */
export interface OpenWindow {
  /** Asks the window to close, as the owner would; false where it refused. */
  tryClose(): boolean;
  destroy(): void;
}

const open = new Set<OpenWindow>();
let onEmpty: () => void = () => undefined;

/** Every open window, and what happens when the last one is gone. */
export const windowList = {
  add: (window: OpenWindow): void => void open.add(window),
  remove: (window: OpenWindow): void => {
    if (open.delete(window) && open.size === 0) onEmpty();
  },
  all: (): readonly OpenWindow[] => [...open],
  whenEmpty: (listener: () => void): void => {
    onEmpty = listener;
  },
};
