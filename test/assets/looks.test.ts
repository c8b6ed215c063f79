import type { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { trayIconFile } from '../../src-main/shell/tray-icons.ts';
import { DARK, LIGHT, shareInContrast, solidShare } from './contrast.ts';
import { imagesInIco } from './ico.ts';
import { pixelsOf, recoloured } from './image.ts';
import type { Image } from './image.ts';
import { renderedIcons, SHOWN } from './rendered.ts';
import type { Shown } from './rendered.ts';
import { shapeDifference } from './shape.ts';

const icons = renderedIcons();

const on = (platform: 'darwin' | 'linux') => (shown: Shown): PNG => icons.png(trayIconFile(shown, { platform, panelDark: false, template: false }));
const template = (shown: Shown): PNG => icons.png(trayIconFile(shown, { platform: 'darwin', panelDark: false, template: true }));
const windows = (shown: Shown, panelDark: boolean): readonly Image[] => imagesInIco(icons.bytes(trayIconFile(shown, { platform: 'win32', panelDark, template: false })));

/** Every size in which shapes are compared: the smallest of macOS and Windows, and that of Linux. */
const SIZES = [
  ['16', on('darwin')],
  ['22', on('linux')],
] as const;

/** At least so many of all pixels tell two states apart: at 16 pixels 13, the area of a glyph's stroke. */
const STATES_APART = 0.05;
/** An eighth of the ring has 2.5 to 3 percent of all pixels; 2 leave room for how it falls on them. */
const STEPS_APART = 0.02;

describe.each(SIZES)('at %s pixels', (_size, image) => {
  it('two states never share a shape, whatever the ring says', () => {
    const pairs = SHOWN.flatMap((one, index) => SHOWN.slice(index + 1).map((other) => [one, other] as const)).filter(([one, other]) => one.state !== other.state);
    const images = new Map(SHOWN.map((shown) => [shown, image(shown)]));
    const alike = pairs.filter(([one, other]) => shapeDifference(images.get(one) ?? image(one), images.get(other) ?? image(other)) < STATES_APART);
    expect(pairs.length).toBeGreaterThan(400);
    expect(alike).toEqual([]);
  });

  it('each step of the ring differs from the next, and a ring from none', () => {
    for (const state of ['soon', 'urgent', 'unreachable'] as const) {
      for (const eighths of [0, 1, 2, 3, 4, 5, 6, 7]) {
        const apart = shapeDifference(image({ state, ringEighths: eighths }), image({ state, ringEighths: eighths + 1 }));
        expect(apart, `${state} ${eighths}`).toBeGreaterThanOrEqual(STEPS_APART);
      }
      for (const eighths of [0, 8]) {
        expect(shapeDifference(image({ state, ringEighths: null }), image({ state, ringEighths: eighths })), state).toBeGreaterThanOrEqual(STATES_APART);
      }
    }
  });

  it('an icon has one colour, so that its shape is all there is to it', () => {
    for (const shown of SHOWN) {
      // What is nearly transparent loses bits of its colour on the way through the renderer.
      const solid = pixelsOf(image(shown)).filter(({ alpha }) => alpha >= 128);
      for (const channel of ['red', 'green', 'blue'] as const) {
        const values = solid.map((pixel) => pixel[channel]);
        expect(Math.max(...values) - Math.min(...values), JSON.stringify(shown)).toBeLessThanOrEqual(2);
      }
    }
  });

  it('the comparison sees no difference in colour alone, nor in place', () => {
    const healthy = image({ state: 'healthy', ringEighths: null });
    expect(shapeDifference(healthy, recoloured(healthy, [0xd9, 0x36, 0x3e]))).toBe(0);
    expect(shapeDifference(healthy, movedRight(image({ state: 'healthy', ringEighths: null })))).toBeLessThan(STATES_APART);
  });
});

describe('the ring', () => {
  it('empties clockwise from twelve', () => {
    const left = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((ringEighths) => eighthsThere(on('linux')({ state: 'soon', ringEighths })));
    expect(left).toEqual(['--------', '-------#', '------##', '-----###', '----####', '---#####', '--######', '-#######', '########']);
  });
});

describe('contrast', () => {
  it.each(SIZES)('of at least 3:1 on light and on dark panels, where nobody knows which: %s pixels', (_size, image) => {
    for (const shown of SHOWN) for (const panel of [LIGHT, DARK]) expectReadable(image(shown), panel, shown);
  });

  it('of at least 3:1 on Windows, on the panel that the icon is for, in each size', () => {
    for (const shown of SHOWN) {
      for (const image of windows(shown, false)) expectReadable(image, LIGHT, shown);
      for (const image of windows(shown, true)) expectReadable(image, DARK, shown);
    }
  });

  it('is missed where it lacks', () => {
    const [image] = windows({ state: 'soon', ringEighths: null }, true);
    expect(image).toBeDefined();
    if (image !== undefined) expect([shareInContrast(image, LIGHT), shareInContrast(image, DARK)]).toEqual([0, 1]);
  });
});

describe('template images', () => {
  it('are black and otherwise transparent, as macOS wants them', () => {
    for (const shown of SHOWN) {
      const pixels = pixelsOf(template(shown));
      expect(pixels.filter(({ red, green, blue }) => red + green + blue > 0), JSON.stringify(shown)).toEqual([]);
      expect(pixels.some(({ alpha }) => alpha === 0) && pixels.some(({ alpha }) => alpha === 255), JSON.stringify(shown)).toBe(true);
    }
  });
});

/** Three pixels of four stand out (the rest soften an edge), and there are enough of them to be seen at all. */
function expectReadable(image: Image, panel: number, shown: Shown): void {
  const what = `${JSON.stringify(shown)} at ${image.width} on ${panel}`;
  expect(shareInContrast(image, panel), what).toBeGreaterThanOrEqual(3 / 4);
  expect(solidShare(image), what).toBeGreaterThanOrEqual(0.04);
}

/** The eighths of a full turn, from twelve o'clock clockwise, in the middle of which the ring is opaque. */
function eighthsThere({ width, data }: Image): string {
  const middle = width / 2;
  const there = Array.from({ length: 8 }, (_, eighth) => {
    const turn = ((eighth + 0.5) / 8) * 2 * Math.PI;
    const [x, y] = [Math.floor(middle + (middle - 2) * Math.sin(turn)), Math.floor(middle - (middle - 2) * Math.cos(turn))];
    return (data[(y * width + x) * 4 + 3] ?? 0) >= 128 ? '#' : '-';
  });
  return there.join('');
}

function movedRight({ width, height, data }: Image): Image {
  const moved = Buffer.alloc(data.length);
  for (let y = 0; y < height; y += 1) moved.set(data.subarray(y * width * 4, (y * width + width - 1) * 4), (y * width + 1) * 4);
  return { width, height, data: moved };
}
