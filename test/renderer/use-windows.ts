import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type House, openHouse, type OpenOptions, type OpenWindow } from './open-window.ts';

/**
 * For the tests of one file: the house is opened before and closed after them, and after each test every window is
 * taken down, which must not have complained of anything.
 */
export function useWindows(): (options: OpenOptions) => Promise<OpenWindow> {
  let house: House;
  const opened: OpenWindow[] = [];
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());
  afterEach(async () => {
    const windows = opened.splice(0);
    for (const { close } of windows) await close();
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
  return async (options) => {
    const window = await house.open(options);
    opened.push(window);
    return window;
  };
}
