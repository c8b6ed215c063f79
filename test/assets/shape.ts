import { pixelsOf } from './image.ts';
import type { Image } from './image.ts';

/** How far two opacities (0 to 255) must lie apart for the eye to take one pixel for set and the other for not. */
const APART = 128;

/**
 * The shape of an icon: how opaque each pixel is. Colour and brightness are thrown away, and nothing is lost with them
 * where an icon has one colour.
 */
export function shapeOf(image: Image): readonly number[] {
  return pixelsOf(image).map(({ alpha }) => alpha);
}

/**
 * Which share of all pixels (0 to 1) tells two icons of one size apart by shape. The second may lie up to a pixel off
 * in each direction, and the best fit counts: the same shape in another place is no other shape.
 */
export function shapeDifference(one: Image, other: Image): number {
  const offsets = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => ({ dx, dy })));
  const [a, b] = [shapeOf(one), shapeOf(other)];
  const { width, height } = one;
  const differing = ({ dx, dy }: { readonly dx: number; readonly dy: number }): number =>
    a.filter((alpha, index) => {
      const [x, y] = [(index % width) + dx, Math.floor(index / width) + dy];
      const beside = x < 0 || y < 0 || x >= width || y >= height ? 0 : (b[y * width + x] ?? 0);
      return Math.abs(alpha - beside) >= APART;
    }).length;
  return Math.min(...offsets.map(differing)) / (width * height);
}
