/** What stands in a field, trimmed; null where nothing does. */
export function wordsIn(data: FormData, name: string): string | null {
  const value = data.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** Where the app id and the app secret are to be found. */
export const APP_HINT = 'At https://developers.facebook.com/apps → your app → App settings → Basic. With both, Evertoken renews the token by itself.';
