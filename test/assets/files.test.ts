import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { renderIcons } from '../../scripts/render-icons.js';
import { LOOKS, STATES as DRAWN } from '../../scripts/icons/looks.js';
import { TRAY_TABLE } from '../../src-main/core/tray/tray.ts';
import { trayIconFile } from '../../src-main/shell/tray-icons.ts';
import type { TraySystem } from '../../src-main/shell/tray-icons.ts';
import { imagesInIco } from './ico.ts';
import { pixelsOf } from './image.ts';
import { renderedIcons, ROOT, SHOWN, STATES } from './rendered.ts';

const icons = renderedIcons();

const WINDOWS: readonly TraySystem[] = [true, false].map((panelDark) => ({ platform: 'win32', panelDark, template: false }));
const MACOS: readonly TraySystem[] = [true, false].map((template) => ({ platform: 'darwin', panelDark: false, template }));
const linux = (scaleFactor: number): TraySystem => ({ platform: 'linux', panelDark: false, template: false, scaleFactor });

const at2x = (path: string): string => path.replace(/\.png$/, '@2x.png');
const filesFor = (systems: readonly TraySystem[]): readonly string[] => systems.flatMap((system) => SHOWN.map((shown) => trayIconFile(shown, system)));
const sidesOf = (path: string): readonly number[] => {
  const { width, height } = icons.png(path);
  return [width, height];
};

describe('the files of the tray', () => {
  it('are those that can be named, and no others', () => {
    const named = [...filesFor(WINDOWS), ...filesFor([1, 1.05, 1.25, 2].map(linux))];
    const doubled = [...filesFor(MACOS), ...filesFor([linux(1)])].map(at2x);
    const tray = icons.paths.filter((path) => !path.startsWith('app/'));
    expect(tray.toSorted()).toEqual([...new Set([...named, ...filesFor(MACOS), ...doubled])].toSorted());
    expect(SHOWN).toHaveLength(8 + 3 * 9);
  });

  it('for Linux have 22 pixels and 44 beside them, or as many as the panel needs', () => {
    for (const path of filesFor([linux(1)])) {
      expect(sidesOf(path), path).toEqual([22, 22]);
      expect(sidesOf(at2x(path)), path).toEqual([44, 44]);
    }
    for (const [scaleFactor, side] of [[1.05, 24], [1.25, 32], [1.5, 48], [2, 48]] as const) {
      for (const path of filesFor([linux(scaleFactor)])) expect(sidesOf(path), path).toEqual([side, side]);
    }
  });

  it('for macOS have 16 pixels, and 32 beside them', () => {
    for (const path of filesFor(MACOS)) {
      expect(sidesOf(path), path).toEqual([16, 16]);
      expect(sidesOf(at2x(path)), path).toEqual([32, 32]);
    }
  });

  it('for Windows hold six sizes each, of the same shape as elsewhere', () => {
    for (const shown of SHOWN) {
      const template = icons.png(trayIconFile(shown, { platform: 'darwin', panelDark: false, template: true }));
      for (const system of WINDOWS) {
        const path = trayIconFile(shown, system);
        const images = imagesInIco(icons.bytes(path));
        expect(images.map(({ width }) => width), path).toEqual([16, 20, 24, 32, 40, 48]);
        expect(images.slice(0, 1).flatMap(pixelsOf).map(({ alpha }) => alpha), path).toEqual(pixelsOf(template).map(({ alpha }) => alpha));
      }
    }
  });

  it('show the glyph and the colour that the table of the tray names', () => {
    expect(DRAWN.toSorted()).toEqual(STATES.toSorted());
    for (const state of STATES) {
      const { colour, plain, ringed } = LOOKS[state];
      const row = TRAY_TABLE[state];
      expect({ state, colour, ring: ringed !== null }).toEqual({ state, colour: row.colour, ring: row.ring });
      for (const layers of [plain, ...(ringed === null ? [] : [ringed.layers])]) {
        expect(layers.map(({ drawing }) => drawing.replace(/-narrow$/, '')), state).toContain(row.glyph);
      }
    }
  });
});

describe('rendering', () => {
  it('gives the same bytes each time', async () => {
    const again = mkdtempSync(join(tmpdir(), 'evertoken-icons-'));
    onTestFinished(() => {
      rmSync(again, { recursive: true, force: true });
    });
    expect(await renderIcons(ROOT, again)).toEqual(icons.paths);
    expect(icons.paths.filter((path) => !readFileSync(join(again, path)).equals(icons.bytes(path)))).toEqual([]);
  });
});

describe('the icon of the app', () => {
  it('is there in 1024 and 512 pixels', () => {
    expect([sidesOf('app/icon.png'), sidesOf('app/icon-512.png')]).toEqual([[1024, 1024], [512, 512]]);
    expect(icons.paths.filter((path) => path.startsWith('app/')).toSorted()).toEqual(['app/icon-512.png', 'app/icon.icns', 'app/icon.ico', 'app/icon.png']);
  });

  it('for Windows holds every size from 16 to 256', () => {
    expect(imagesInIco(icons.bytes('app/icon.ico')).map(({ width }) => width)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
  });

  it('for macOS holds PNGs of the sizes that their names stand for', () => {
    expect(chunksOf(icons.bytes('app/icon.icns'))).toEqual([
      'icp4 16', 'icp5 32', 'ic07 128', 'ic08 256', 'ic09 512', 'ic11 32', 'ic12 64', 'ic13 256', 'ic14 512', 'ic10 1024',
    ]);
  });
});

/** The images in a macOS icon: what each is called, and its width from the PNG's own header. */
function chunksOf(bytes: Buffer): readonly string[] {
  expect([bytes.toString('latin1', 0, 4), bytes.readUInt32BE(4)]).toEqual(['icns', bytes.length]);
  const found: string[] = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at + 4)) {
    expect(bytes.toString('latin1', at + 9, at + 12)).toBe('PNG');
    found.push(`${bytes.toString('latin1', at, at + 4)} ${bytes.readUInt32BE(at + 24)}`);
  }
  return found;
}
