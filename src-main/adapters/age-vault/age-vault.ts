import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SecretMarker, SecretRead, SecretWrite, Vault } from '../../core/ports.ts';
import { clearTemporaries, writeDurably } from '../durable-file.ts';
import { createGroupCommit } from '../group-commit.ts';
import { ensurePrivateFile } from '../private-folder.ts';
import { storageFault } from '../storage-fault.ts';
import { formatContents, parseContents } from './contents.ts';
import type { VaultContents } from './contents.ts';
import { newIdentity, sealFor, sealWithPassphrase, unsealWith, unsealWithPassphrase } from './crypt.ts';
import { AGE_VAULT_WORDS } from './fault.ts';
import type { AgeVaultFault } from './fault.ts';

const AGES_OWN_WORK_FACTOR = 18;

/** Where the vault is and what opens it. */
export interface AgeVaultOptions {
  /** The file with the secrets; its key stands beside it as `<file>.key`. */
  readonly file: string;
  /** A secret. */
  readonly passphrase: string;
  /** scrypt's log2 N for a new vault; 18 (age's own, about a second) unless told. Lower only in tests. */
  readonly scryptWorkFactor?: number;
}

/** An open vault, or a sentence for the owner that says why not. Nothing was changed in that case. */
export type OpenedAgeVault =
  | { readonly ok: true; readonly vault: Vault; /** True where both files were made now. */ readonly created: boolean }
  | { readonly ok: false; readonly code: AgeVaultFault; readonly message: string };

type Contents = { readonly ok: true; readonly identity: string; readonly contents: VaultContents; readonly created: boolean } | { readonly ok: false; readonly code: AgeVaultFault };

const IN_THE_KEYCHAIN = "This secret is in your computer's keychain. Start Evertoken without the vault file to use it.";

/**
 * Opens, or makes, a vault of two armored files in the age format (C2SP's age specification), which the standard
 * `age` program opens as well: `<file>.key` is an identity wrapped with the passphrase, `<file>` the secrets for that
 * identity. Two files, because scrypt is slow on purpose: it is paid once at the start and not at every write.
 * Both are 0600. Never throws.
 */
export async function openAgeVault(options: AgeVaultOptions): Promise<OpenedAgeVault> {
  const opened = await openContents(options);
  if (!opened.ok) return { ok: false, code: opened.code, message: AGE_VAULT_WORDS[opened.code](options.file) };
  return { ok: true, vault: createVault(options.file, opened.identity, opened.contents), created: opened.created };
}

async function openContents({ file, passphrase, scryptWorkFactor = AGES_OWN_WORK_FACTOR }: AgeVaultOptions): Promise<Contents> {
  if (passphrase === '') return { ok: false, code: 'empty-passphrase' };
  const keyFile = `${file}.key`;
  try {
    const [wrapped, sealed] = await Promise.all([readIfThere(keyFile), readIfThere(file)]);
    if (wrapped === null && sealed === null) return { ok: true, contents: {}, created: true, identity: await create(file, passphrase, scryptWorkFactor) };
    if (wrapped === null || sealed === null) return { ok: false, code: 'half-missing' };

    const key = await unsealWithPassphrase(wrapped, passphrase);
    if (!key.ok) return { ok: false, code: key.why === 'no-match' ? 'wrong-passphrase' : 'broken' };
    const identity = key.text.trim();
    const inner = await unsealWith(identity, sealed);
    const contents = inner.ok ? parseContents(inner.text) : null;
    if (contents === null) return { ok: false, code: 'broken' };
    await Promise.all([ensurePrivateFile(keyFile), ensurePrivateFile(file), clearTemporaries(file)]);
    return { ok: true, identity, contents, created: false };
  } catch {
    return { ok: false, code: 'disk' };
  }
}

async function create(file: string, passphrase: string, workFactor: number): Promise<string> {
  const identity = await newIdentity();
  const wrapped = await sealWithPassphrase(`${identity}\n`, passphrase, workFactor);
  const sealed = await sealFor(identity, formatContents({}));
  // A folder of our own making is private; one that was there already is the owner's choice and stays as it is.
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeDurably(`${file}.key`, wrapped);
  await writeDurably(file, sealed);
  return identity;
}

function createVault(file: string, identity: string, loaded: VaultContents): Vault {
  // `secrets` is what the disk holds or is about to; a write that fails takes its own change back.
  const secrets = new Map(Object.entries(loaded));
  const onDisk = new Map(secrets);
  const known = new Set([...secrets.values()].map(({ id }) => id));
  const commits = createGroupCommit<null>(async () => {
    const next = new Map(secrets);
    const text = formatContents(Object.fromEntries(next));
    const sealed = await sealFor(identity, text);
    await writeDurably(file, sealed);
    // Read back from the disk: what cannot be opened again was not kept.
    const back = await unsealWith(identity, await readFile(file, 'utf8'));
    if (!back.ok || back.text !== text) throw new Error('the vault does not read back');
    onDisk.clear();
    for (const [account, kept] of next) onDisk.set(account, kept);
  });

  const read = (marker: SecretMarker): SecretRead => {
    const kept = onDisk.get(marker.account);
    if (kept?.id === marker.id) return { outcome: 'present', secret: kept.secret };
    if (marker.vault === 'keychain') return { outcome: 'unavailable', reason: IN_THE_KEYCHAIN };
    return { outcome: known.has(marker.id) ? 'absent' : 'lost' };
  };

  const write = async (marker: SecretMarker, secret: string): Promise<SecretWrite> => {
    if (secret === '') return { outcome: 'unavailable', reason: 'There is nothing to keep: the value is empty.' };
    const mine = { id: marker.id, secret };
    secrets.set(marker.account, mine);
    known.add(marker.id);
    try {
      await commits.save(null);
      return { outcome: 'stored' };
    } catch (error) {
      if (secrets.get(marker.account) === mine) restore(marker.account);
      return { outcome: 'unavailable', reason: storageFault(error, file).message };
    }
  };

  const erase = async (marker: SecretMarker): Promise<boolean> => {
    const kept = secrets.get(marker.account);
    if (kept === undefined || kept.id !== marker.id) return marker.vault !== 'keychain';
    secrets.delete(marker.account);
    try {
      await commits.save(null);
      return true;
    } catch {
      if (!secrets.has(marker.account)) restore(marker.account);
      return false;
    }
  };

  const restore = (account: string): void => {
    const before = onDisk.get(account);
    if (before === undefined) secrets.delete(account);
    else secrets.set(account, before);
  };

  return { kind: 'file', read: async (marker) => read(marker), write, erase };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
