/** Why an age vault cannot be opened or written. */
export type AgeVaultFault = 'wrong-passphrase' | 'broken' | 'half-missing' | 'empty-passphrase' | 'disk';

/** A sentence for the owner for each of them; `file` is the vault's path. */
export const AGE_VAULT_WORDS: Readonly<Record<AgeVaultFault, (file: string) => string>> = {
  'wrong-passphrase': (file) => `The passphrase does not open the vault ${file}. Check the passphrase file; nothing was changed.`,
  broken: (file) => `The vault ${file} or its key ${file}.key is damaged. Restore both from a backup, or move both away to start with an empty vault; nothing was changed.`,
  'half-missing': (file) => `Of the vault ${file} and its key ${file}.key only one is there. Restore the other one, or move this one away to start with an empty vault; nothing was changed.`,
  'empty-passphrase': () => 'The passphrase is empty. Put a passphrase into the passphrase file, then start again.',
  disk: (file) => `The vault ${file} could not be read or written. Check the folder and the disk, then try again.`,
};
