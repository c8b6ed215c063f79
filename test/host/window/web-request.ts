type Details = Electron.OnBeforeRequestListenerDetails;
type Listener = (details: Details, callback: (response: Electron.CallbackResponse) => void) => void;

/** A session's `webRequest`: one listener, the last one set, as in Electron. */
export class HostWebRequest {
  #listener: Listener | null = null;
  #patterns: readonly RegExp[] | null = null;

  onBeforeRequest(filterOrListener: Electron.WebRequestFilter | Listener | null, listener: Listener | null = null): void {
    const bare = filterOrListener === null || typeof filterOrListener === 'function';
    this.#listener = bare ? filterOrListener : listener;
    this.#patterns = bare ? null : filterOrListener.urls.map(patternOf);
  }

  /** Whether the app cancels a request; false where it did not look. */
  async isCancelled(details: Details): Promise<boolean> {
    const listener = this.#listener;
    if (listener === null || (this.#patterns !== null && !this.#patterns.some((pattern) => pattern.test(details.url)))) return false;
    const response = await new Promise<Electron.CallbackResponse>((resolve) => {
      listener(details, resolve);
    });
    return response.cancel === true;
  }
}

/** Chrome's match patterns: `<all_urls>`, or scheme, host and path with stars. */
function patternOf(pattern: string): RegExp {
  if (pattern === '<all_urls>') return /^/;
  const [, scheme = '*', host = '*', path = '/*'] = /^([^:]+):\/\/([^/]*)(\/.*)?$/.exec(pattern) ?? [];
  const text = (part: string): string => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  const hostText = host.startsWith('*.') ? `(?:[^/]*\\.)?${text(host.slice(2))}` : text(host);
  return new RegExp(`^${scheme === '*' ? '(?:https?|wss?|ftp|file)' : text(scheme)}://${hostText}(?::\\d+)?${text(path)}$`, 'i');
}
