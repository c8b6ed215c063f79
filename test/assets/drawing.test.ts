import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDrawing, TRAY_DRAWINGS } from '../../scripts/icons/drawing.js';
import { fitShape } from '../../scripts/icons/grid-fit.js';

describe('a drawing', () => {
  it('is read element by element', () => {
    const root = drawn('<path d="M0 0Z"/><path fill="none" stroke-width="1.5" d="M1 1L2 2"/><circle cx="8" cy="9" r="6"/>');
    expect(readDrawing(root, 'sample')).toEqual([
      { data: 'M0 0Z', strokeWidth: null },
      { data: 'M1 1L2 2', strokeWidth: 1.5 },
      { cx: 8, cy: 9, r: 6 },
    ]);
  });

  it.each(['<rect width="4" height="4"/>', '<g><path d="M0 0Z"/></g>', '<path/>', '<circle cx="8" r="6"/>'])('may not hold %s', (element) => {
    expect(() => readDrawing(drawn(element), 'sample')).toThrow('sample.svg: <');
  });
});

describe('fitting', () => {
  it('puts filled edges on whole pixels, the same on both sides of the middle', () => {
    const bar = { data: 'M7 4H9V12H7Z', strokeWidth: null };
    expect(fitShape(bar, { pixels: 16 })).toContain('d="M7 4H9V12H7Z"');
    expect(fitShape(bar, { pixels: 20 })).toContain('d="M9 5H11V15H9Z"');
    expect(fitShape(bar, { pixels: 20, dy: 1 })).toContain('d="M9 6H11V16H9Z"');
    expect(fitShape({ cx: 8, cy: 8, r: 1 }, { pixels: 22 })).toContain('cx="11" cy="11" r="1"');
  });

  it('only scales what is a stroke', () => {
    expect(fitShape({ data: 'M4.1 8L12 5.9', strokeWidth: 2 }, { pixels: 20 })).toContain('stroke-width="2.5" d="M5.13 10L15 7.38"');
  });

  it.each(['l1 1', 'C1 1 2 2 3 3', 'M1', 'H1 2'])('refuses "%s"', (data) => {
    expect(() => fitShape({ data, strokeWidth: null }, { pixels: 16 })).toThrow('a path may not say');
  });
});

/** A project with one drawing of these elements, gone when the test ends. */
function drawn(elements: string): string {
  const root = mkdtempSync(join(tmpdir(), 'evertoken-drawing-'));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  mkdirSync(join(root, TRAY_DRAWINGS), { recursive: true });
  writeFileSync(join(root, TRAY_DRAWINGS, 'sample.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${elements}</svg>`);
  return root;
}
