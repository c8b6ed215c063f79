import type { SecretRead, Vault } from '../../../src-main/core/ports.ts';
import type { KeeperPorts } from '../../../src-main/keeper/ports.ts';
import type { Defect } from '../world/world.ts';

/** Replaces the keychain's vault, wherever the ports name it. */
function withVault(ports: KeeperPorts, change: (vault: Vault) => Vault): KeeperPorts {
  const { vaults } = ports;
  const changed = new Map<Vault, Vault>();
  const of = (vault: Vault): Vault => {
    if (vault.kind !== 'keychain') return vault;
    const known = changed.get(vault) ?? change(vault);
    changed.set(vault, known);
    return known;
  };
  return {
    ...ports,
    vaults: {
      active: of(vaults.active),
      memory: vaults.memory,
      of: (marker) => {
        const vault = vaults.of(marker);
        return vault === null ? null : of(vault);
      },
    },
  };
}

/** What was just written is believed to be there, without looking. */
export const skipsReadBack: () => Defect = () => ({
  wrapPorts: (ports) =>
    withVault(ports, (vault) => {
      let believed: { readonly id: string; readonly secret: string } | null = null;
      return {
        ...vault,
        write: async (marker, secret) => {
          const written = await vault.write(marker, secret);
          believed = written.outcome === 'stored' ? { id: marker.id, secret } : null;
          return written;
        },
        read: async (marker, ownerSaysUnlocked) => {
          const secret = believed?.id === marker.id ? believed.secret : null;
          believed = null;
          return secret === null ? vault.read(marker, ownerSaysUnlocked) : { outcome: 'present', secret };
        },
      };
    }),
});

/** An empty answer of a locked keyring is taken for "there is no such secret". */
export const nullIsAbsent: () => Defect = () => ({
  wrapPorts: (ports) =>
    withVault(ports, (vault) => ({
      ...vault,
      read: async (marker, ownerSaysUnlocked): Promise<SecretRead> => {
        const read = await vault.read(marker, ownerSaysUnlocked);
        return read.outcome === 'locked' ? { outcome: 'absent' } : read;
      },
    })),
});

/** The token in use is erased as soon as its successor is staged. */
export const dropsOldEarly: () => Defect = () => ({
  wrapPorts: (ports) => ({
    ...ports,
    store: {
      ...ports.store,
      save: async (state) => {
        await ports.store.save(state);
        for (const connection of state.connections) {
          const current = connection.tokens.find((token) => token.id === connection.currentTokenId);
          if (current !== undefined && connection.tokens.some((token) => token.role === 'candidate')) await ports.vaults.of(current.marker)?.erase(current.marker);
        }
      },
    },
  }),
});
