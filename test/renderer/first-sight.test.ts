import { describe, expect, it } from 'vitest';
import { useWindows } from './use-windows.ts';
import { EACH_LOOK, windowView } from './views.ts';

const open = useWindows();

describe('the window at first sight', () => {
  it('says that it looks, then shows what main answers', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const view = windowView([EACH_LOOK.healthy]);
    const { page } = await open({
      view,
      prepare: (bridge) => {
        bridge.answers.view = async () => {
          await waiting;
          return view;
        };
      },
    });
    expect(await page.getByRole('status').innerText()).toBe('Looking how your connections are…');
    answer();
    await page.getByRole('article', { name: 'Main shop' }).waitFor();
    expect(await page.title()).toBe('Evertoken: All is well');
  });

  it('says that main did not answer, and tries again', async () => {
    const view = windowView([EACH_LOOK.healthy]);
    const { page, bridge } = await open({
      view,
      prepare: (fake) => {
        fake.answers.view = () => {
          throw new Error('refused');
        };
      },
    });
    expect(await page.getByRole('alert').innerText()).toContain('Evertoken did not say how your connections are.');
    bridge.answers.view = () => view;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('article', { name: 'Main shop' }).waitFor();
    expect(bridge.asked('view')).toEqual([{}, {}]);
  });

  it('keeps what main told it while its question was still open', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { page, bridge } = await open({
      view: windowView([]),
      prepare: (fake) => {
        fake.answers.view = async () => {
          await waiting;
          return windowView([]);
        };
      },
    });
    await bridge.tell(page, 'viewChanged', windowView([EACH_LOOK.broken]));
    await page.getByRole('article', { name: 'Flower shop' }).waitFor();
    answer();
    await page.waitForTimeout(100);
    expect(await page.getByRole('article').count()).toBe(1);
  });

  it('says how it opens where there is no bridge', async () => {
    const { page } = await open({ view: windowView([]), withBridge: false });
    expect(await page.getByRole('alert').innerText()).toBe('This page opens with a link from Evertoken.');
  });
});
