import { fromPage, originOf } from '../addresses.ts';
import type { WebFrameMainMember } from '../faces.ts';

let lastId = 0;

/** `WebFrameMain` of a window's main frame, the only one with a preload. */
export class HostFrame implements Pick<Electron.WebFrameMain, WebFrameMainMember> {
  readonly routingId = 1;
  readonly frameTreeNodeId = (lastId += 1);
  readonly processId = 1_000 + this.frameTreeNodeId;
  readonly frameToken = `host-frame-${this.frameTreeNodeId}`;
  readonly name = '';
  readonly parent = null;
  readonly frames: readonly HostFrame[] = [];
  readonly #isGone: () => boolean;
  #pageUrl = '';

  constructor(isGone: () => boolean) {
    this.#isGone = isGone;
  }

  get url(): string {
    return fromPage(this.#pageUrl);
  }

  get origin(): string {
    return originOf(this.url);
  }

  get top(): HostFrame {
    return this;
  }

  get detached(): boolean {
    return this.#isGone();
  }

  isDestroyed(): boolean {
    return this.#isGone();
  }

  /** The frame shows another document, by its address in Chromium. */
  moveTo(pageUrl: string): void {
    this.#pageUrl = pageUrl;
  }
}
