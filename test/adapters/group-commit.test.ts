import { describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../src-main/adapters/group-commit.ts';

/** A disk whose writes end when the test says so. */
function slowDisk() {
  const written: number[] = [];
  const pending: { value: number; resolve: () => void; reject: (error: Error) => void }[] = [];
  const write = (value: number): Promise<void> =>
    new Promise((resolve, reject) => {
      pending.push({ value, resolve: () => (written.push(value), resolve()), reject });
    });
  const turn = async (): Promise<void> => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  };
  return { written, pending, write, turn };
}

describe('group commit', () => {
  it('writes only the last of the values that wait, and resolves all of them with that write', async () => {
    const { written, pending, write, turn } = slowDisk();
    const commits = createGroupCommit(write);
    const settled: number[] = [];
    const saves = [1, 2, 3].map((n) => commits.save(n).then(() => settled.push(n)));
    await turn();
    saves.push(...[4, 5].map((n) => commits.save(n).then(() => settled.push(n))));
    await turn();
    expect(pending.map(({ value }) => value)).toEqual([3]);
    expect(settled).toEqual([]);
    pending[0]?.resolve();
    await turn();
    expect(settled).toEqual([1, 2, 3]);
    expect(pending.map(({ value }) => value)).toEqual([3, 5]);
    pending[1]?.resolve();
    await Promise.all(saves);
    expect(written).toEqual([3, 5]);
  });

  it('rejects those of a failed write only, and goes on', async () => {
    const { written, pending, write, turn } = slowDisk();
    const commits = createGroupCommit(write);
    const first = commits.save(1);
    await turn();
    const second = commits.save(2);
    pending[0]?.reject(new Error('full'));
    await expect(first).rejects.toThrow('full');
    await turn();
    pending[1]?.resolve();
    await second;
    await commits.idle();
    expect(written).toEqual([2]);
  });
});
