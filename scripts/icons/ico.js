import { imagesToIco } from 'png-to-ico';
import { PNG } from 'pngjs';

/**
 * A Windows icon that holds these images.
 * @param {readonly Buffer[]} pngs square, up to 256 pixels
 * @returns {Buffer}
 */
export function icoOf(pngs) {
  return imagesToIco(pngs.map((png) => PNG.sync.read(png)));
}
