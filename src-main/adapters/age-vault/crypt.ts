import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** A new X25519 identity (`AGE-SECRET-KEY-1…`); a secret. */
export async function newIdentity(): Promise<string> {
  return generateX25519Identity();
}

/** `text` in an armored age file that the passphrase opens. `workFactor` is scrypt's log2 N; age's own is 18. */
export async function sealWithPassphrase(text: string, passphrase: string, workFactor: number): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(text));
}

/** `text` in an armored age file that the identity opens. */
export async function sealFor(identity: string, text: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  return armor.encode(await encrypter.encrypt(text));
}

/** What an armored age file holds, or why it does not open: `no-match` is a wrong passphrase or identity. */
export type Unsealed = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: 'no-match' | 'broken' };

/** Opens an armored age file with a passphrase; costs a second or so at age's own work factor. */
export async function unsealWithPassphrase(sealed: string, passphrase: string): Promise<Unsealed> {
  return unseal(sealed, (decrypter) => decrypter.addPassphrase(passphrase));
}

/** Opens an armored age file with an identity. */
export async function unsealWith(identity: string, sealed: string): Promise<Unsealed> {
  return unseal(sealed, (decrypter) => decrypter.addIdentity(identity));
}

async function unseal(sealed: string, give: (decrypter: Decrypter) => void): Promise<Unsealed> {
  try {
    const decrypter = new Decrypter();
    give(decrypter);
    return { ok: true, text: await decrypter.decrypt(armor.decode(sealed), 'text') };
  } catch (error) {
    // age-encryption's own words for a file that is whole but for somebody else.
    const noMatch = error instanceof Error && error.message.includes('no identity matched');
    return { ok: false, why: noMatch ? 'no-match' : 'broken' };
  }
}
