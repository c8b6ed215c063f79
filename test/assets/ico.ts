import type { Image } from './image.ts';

/** The images in a Windows icon, read as Windows does: a directory, then bitmaps from the bottom up, blue first. */
export function imagesInIco(bytes: Buffer): readonly Image[] {
  if (bytes.readUInt16LE(0) !== 0 || bytes.readUInt16LE(2) !== 1) throw new Error('not an icon');
  return Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => {
    const entry = bytes.subarray(6 + index * 16, 22 + index * 16);
    const side = entry.readUInt8(0) || 256;
    const bitmap = bytes.subarray(entry.readUInt32LE(12), entry.readUInt32LE(12) + entry.readUInt32LE(8));
    if (entry.readUInt8(1) !== (side & 255) || bitmap.readInt32LE(4) !== side || bitmap.readUInt16LE(14) !== 32) throw new Error(`image ${index} is not what the directory says`);
    const stored = bitmap.subarray(40, 40 + side * side * 4);
    const rows = Array.from({ length: side }, (__, row) => stored.subarray((side - 1 - row) * side * 4, (side - row) * side * 4));
    const data = Buffer.concat(rows);
    for (let at = 0; at < data.length; at += 4) data.subarray(at, at + 3).reverse();
    return { width: side, height: side, data };
  });
}
