// node scripts/icons/contact-sheet.js <file.png>: every look of the tray on light and on dark panels, at its own size
// and six times as large, to be looked at after a drawing has changed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { composeIcon } from './compose.js';
import { subjects } from './sets.js';
import { ANY_PANEL, DARK_PANEL, LIGHT_PANEL, TEMPLATE } from './palette.js';
import { rasterize } from './raster.js';

/** @typedef {import('./compose.js').Subject} Subject */
/** @typedef {{ size: number, margin: number, palette: import('./palette.js').Palette, panel: number, zoom: number }} Row */

const LIGHT = 0xf3;
const DARK = 0x20;
const GAP = 8;
const COLUMNS = 12;

/**
 * Draws the sheet.
 * @param {string} root
 * @param {readonly Subject[]} shown a column each, twelve abreast
 * @param {readonly Row[]} rows
 * @returns {Buffer} a PNG
 */
export function contactSheet(root, shown, rows) {
  const cell = Math.max(...rows.map(({ size, zoom }) => size * zoom)) + GAP;
  const bands = Array.from({ length: Math.ceil(shown.length / COLUMNS) }, (_, band) => shown.slice(band * COLUMNS, (band + 1) * COLUMNS));
  const lines = bands.flatMap((band) => rows.map((row) => ({ band, row, height: row.size * row.zoom + GAP })));
  const sheet = new PNG({ width: cell * COLUMNS + GAP, height: lines.reduce((sum, { height }) => sum + height, 0) });
  let top = 0;
  for (const { band, row, height } of lines) {
    sheet.data.fill(row.panel, top * sheet.width * 4, (top + height) * sheet.width * 4);
    for (const [column, subject] of band.entries()) {
      const icon = PNG.sync.read(rasterize(composeIcon(root, subject, row)));
      paste(sheet, icon, { left: column * cell + GAP, top: top + GAP / 2, zoom: row.zoom });
    }
    top += height;
  }
  for (let at = 3; at < sheet.data.length; at += 4) sheet.data[at] = 255;
  return PNG.sync.write(sheet);
}

/**
 * @param {PNG} sheet
 * @param {PNG} icon
 * @param {{ left: number, top: number, zoom: number }} where
 */
function paste(sheet, icon, { left, top, zoom }) {
  for (let y = 0; y < icon.height * zoom; y += 1) {
    for (let x = 0; x < icon.width * zoom; x += 1) {
      const from = (Math.floor(y / zoom) * icon.width + Math.floor(x / zoom)) * 4;
      const to = ((top + y) * sheet.width + left + x) * 4;
      const alpha = (icon.data[from + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel += 1) {
        sheet.data[to + channel] = Math.round((icon.data[from + channel] ?? 0) * alpha + (sheet.data[to + channel] ?? 0) * (1 - alpha));
      }
    }
  }
}

/** @returns {Row[]} */
function standardRows() {
  const sizes = [
    { size: 16, margin: 0 },
    { size: 22, margin: 1 },
  ];
  const panels = [
    { panel: LIGHT, palette: LIGHT_PANEL },
    { panel: DARK, palette: DARK_PANEL },
    { panel: LIGHT, palette: ANY_PANEL },
    { panel: DARK, palette: ANY_PANEL },
    { panel: 255, palette: TEMPLATE },
  ];
  return sizes.flatMap((size) => panels.flatMap((panel) => [1, 6].map((zoom) => ({ ...size, ...panel, zoom }))));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const file = resolve(process.argv[2] ?? 'contact-sheet.png');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contactSheet(root, subjects(), standardRows()));
}
