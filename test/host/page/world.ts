// The part of a page that the injected scripts use. The tests' TypeScript project has no DOM types, as little else there runs in pages.

/** An event with a text, which is the one thing that passes between the worlds of a page unchanged. */
export interface TextEvent {
  readonly detail: string;
}

/** A report that the page broke its Content-Security-Policy. */
export interface ViolationEvent {
  readonly effectiveDirective: string;
  readonly blockedURI: string;
  readonly sourceFile: string;
  readonly lineNumber: number;
  readonly sample: string;
  readonly documentURI: string;
}

/** What a page may pass where a text is wanted. */
export interface Text {
  toString(): string;
}

/** `globalThis` in a page. */
export interface PageWorld {
  readonly location: { readonly origin: string; readonly href: string };
  readonly top: unknown;
  readonly window: unknown;
  readonly document: {
    readonly title: string;
    readonly head: object;
    addEventListener(type: string, listener: (event: TextEvent) => void): void;
    dispatchEvent(event: object): boolean;
  };
  readonly MutationObserver: new (onChange: () => void) => { observe(node: object, what: { childList: boolean; subtree: boolean; characterData: boolean }): void };
  readonly CustomEvent: new (type: string, init: { detail: string }) => object;
  addEventListener(type: 'securitypolicyviolation', listener: (event: ViolationEvent) => void, capture: boolean): void;
  open: (url?: Text, name?: Text, features?: Text) => unknown;
  /** In the preload's world only: the way to the host, and back. */
  hostCall?: (text: string) => void;
  hostDeliver?: (text: string) => void;
}
