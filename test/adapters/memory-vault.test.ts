import { describe, expect, it } from 'vitest';
import { createMemoryVault } from '../../src-main/adapters/memory-vault.ts';
import type { SecretMarker, VaultKind } from '../../src-main/core/ports.ts';

const marker = (vault: VaultKind = 'memory', id = 'm1'): SecretMarker => ({ id, vault, account: 'inst/conn/token', lastFour: '0001', savedAt: 0 });

describe('the memory vault', () => {
  it('keeps and gives a secret, and knows what it erased', async () => {
    const vault = createMemoryVault();
    expect(await vault.write(marker(), 'EAATestMemory')).toEqual({ outcome: 'stored' });
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: 'EAATestMemory' });
    expect(await vault.erase(marker())).toBe(true);
    expect(await vault.read(marker())).toEqual({ outcome: 'absent' });
  });

  it('reads lost after a restart, and lost for a secret that another one replaced', async () => {
    expect(await createMemoryVault().read(marker())).toEqual({ outcome: 'lost' });
    const vault = createMemoryVault();
    await vault.write(marker('memory', 'm2'), 'EAATestMemory');
    expect(await vault.read(marker())).toEqual({ outcome: 'lost' });
    expect(await vault.erase(marker())).toBe(true);
    expect(await vault.read(marker('memory', 'm2'))).toEqual({ outcome: 'present', secret: 'EAATestMemory' });
  });

  it.each(['keychain', 'file'] as const)('gives up nothing that the %s holds', async (kind) => {
    const vault = createMemoryVault();
    expect((await vault.read(marker(kind))).outcome).toBe('unavailable');
    expect(await vault.erase(marker(kind))).toBe(false);
  });

  it('refuses an empty secret', async () => {
    expect((await createMemoryVault().write(marker(), '')).outcome).toBe('unavailable');
  });
});
