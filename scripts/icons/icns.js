/** What each image of a macOS icon is called; PNG data all of them. The second half are the "@2x" ones. */
const TYPES = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
  ['ic10', 1024],
]);

/**
 * A macOS icon: a header, then every image after its name and length.
 * @param {(size: number) => Buffer} render a PNG of so many pixels on a side
 * @returns {Buffer}
 */
export function icnsOf(render) {
  const chunks = TYPES.map(([type, size]) => chunkOf(type, render(size)));
  return chunkOf('icns', Buffer.concat(chunks));
}

/**
 * @param {string} type four letters
 * @param {Buffer} data
 */
function chunkOf(type, data) {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(head.length + data.length, 4);
  return Buffer.concat([head, data]);
}
