import type { PNG } from 'pngjs';

/** Pixels in rows from the top, four bytes each: red, green, blue, alpha. */
export type Image = Pick<PNG, 'width' | 'height' | 'data'>;

export interface Pixel {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  /** 0 to 255. */
  readonly alpha: number;
}

export function pixelsOf({ width, height, data }: Image): readonly Pixel[] {
  return Array.from({ length: width * height }, (_, index) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(index * 4, index * 4 + 4);
    return { red, green, blue, alpha };
  });
}

/** The same shape in another colour. */
export function recoloured(image: Image, [red, green, blue]: readonly [number, number, number]): Image {
  const data = Buffer.from(pixelsOf(image).flatMap(({ alpha }) => (alpha === 0 ? [0, 0, 0, 0] : [red, green, blue, alpha])));
  return { width: image.width, height: image.height, data };
}
