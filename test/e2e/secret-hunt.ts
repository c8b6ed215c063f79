import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder with its content as Latin-1, so that any byte sequence can be searched. */
export function filesBelow(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    // Chromium keeps links that lead nowhere in its profile.
    .filter((path) => lstatSync(path).isFile())
    .map((path) => ({ path, text: readFileSync(path, 'latin1') }));
}

/** The forms in which a secret could slip out. */
function formsOf(secret: string): string[] {
  // Chromium stores strings of pages in two bytes a character.
  return [secret, Buffer.from(secret, 'utf16le').toString('latin1'), encodeURIComponent(secret), Buffer.from(secret).toString('base64').slice(0, 24), secret.slice(0, 40)];
}

/** Which secrets stand where. The file with the API key is the one place that may hold one. */
export function foundIn(places: readonly { readonly path: string; readonly text: string }[], secrets: readonly string[]): string[] {
  return places.flatMap(({ path, text }) =>
    secrets.filter((secret) => !path.endsWith('api-key') && formsOf(secret).some((form) => text.includes(form))).map((secret) => `${path} holds a secret that ends in ${secret.slice(-4)}`),
  );
}
