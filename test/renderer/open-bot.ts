import type { OpenOptions, OpenWindow } from './open-window.ts';

/** Opens a window and goes to how the bots get the token. */
export async function openBot(open: (options: OpenOptions) => Promise<OpenWindow>, options: OpenOptions): Promise<OpenWindow> {
  const window = await open(options);
  await window.page.getByRole('tab', { name: 'Your bot' }).click();
  await window.page.getByRole('heading', { name: 'Gateway', exact: true }).waitFor();
  return window;
}
