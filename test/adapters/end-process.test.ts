import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleChild, startChild } from './child/start.ts';
import type { ChildProgram } from './child/start.ts';

let program: ChildProgram;
let folder = '';
beforeAll(async () => {
  program = await bundleChild();
  folder = mkdtempSync(join(tmpdir(), 'evertoken-end-'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});
afterAll(() => {
  program.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('ending the process', () => {
  it('does not wait for a native call that hangs, and passes by its own listeners', async () => {
    const child = startChild(program, 'end-hanging', folder);
    expect(await child.ended()).toBe('SIGTERM');
    expect(child.lines).toEqual([]);
  });

  it('exits with the code where nothing hangs', async () => {
    expect(await startChild(program, 'end-free', folder).ended()).toBe(3);
  });
});
