import { pixelsOf } from './image.ts';
import type { Image, Pixel } from './image.ts';

/** Grey level of a panel, 0 to 255. */
export const LIGHT = 0xf3;
export const DARK = 0x20;

/** What WCAG asks of graphics that carry meaning. */
const ENOUGH = 3;

/** Which share of an icon's pixels (0 to 1), of those that are mostly opaque, stands out from a panel. */
export function shareInContrast(image: Image, panel: number): number {
  const solid = pixelsOf(image).filter(({ alpha }) => alpha >= 200);
  const back = luminance(panel, panel, panel);
  return solid.filter((pixel) => ratio(onPanel(pixel, panel), back) >= ENOUGH).length / solid.length;
}

/** How many pixels of an icon are mostly opaque, as a share of all. */
export function solidShare(image: Image): number {
  const pixels = pixelsOf(image);
  return pixels.filter(({ alpha }) => alpha >= 200).length / pixels.length;
}

function onPanel({ red, green, blue, alpha }: Pixel, panel: number): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => (value * alpha + panel * (255 - alpha)) / 255);
  return luminance(r, g, b);
}

function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(red: number, green: number, blue: number): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => (value / 255 <= 0.040_45 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
