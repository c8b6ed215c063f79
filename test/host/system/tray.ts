import { EventEmitter } from 'node:events';
import type { TrayMember } from '../faces.ts';
import { HostNativeImage } from './native-image.ts';

/** `Tray`: remembers, so that the recorder can look. A picture that cannot be read is refused at its making, as in Electron. */
export class HostTray extends EventEmitter implements Pick<Electron.Tray, TrayMember> {
  #destroyed = false;
  #title = '';
  readonly #guid: string | null;

  constructor(image: HostNativeImage | string, guid?: string) {
    super();
    if (typeof image === 'string' && HostNativeImage.createFromPath(image).isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
    this.#guid = guid ?? null;
    this.made(image);
  }

  /** Does nothing; the recorder listens here for new trays, which on real Electron it can only see at their first call. */
  made(_image: HostNativeImage | string): void {}

  setImage(image: Electron.NativeImage | HostNativeImage | string): void {
    this.#check();
    if (typeof image === 'string' && HostNativeImage.createFromPath(image).isEmpty()) throw new Error(`Failed to load image from path '${image}'`);
  }

  setPressedImage(_image: Electron.NativeImage | HostNativeImage | string): void {
    this.#check();
  }

  setToolTip(toolTip: string): void {
    this.#check();
    if (typeof toolTip !== 'string') throw new TypeError('Error processing argument at index 0, conversion failure');
  }

  setTitle(title: string): void {
    this.#check();
    this.#title = title;
  }

  getTitle(): string {
    this.#check();
    return this.#title;
  }

  setContextMenu(_menu: unknown): void {
    this.#check();
  }

  popUpContextMenu(_menu?: unknown): void {
    this.#check();
  }

  setIgnoreDoubleClickEvents(_ignore: boolean): void {
    this.#check();
  }

  getBounds(): Electron.Rectangle {
    this.#check();
    return { x: 0, y: 0, width: 24, height: 24 };
  }

  getGUID(): string | null {
    this.#check();
    return this.#guid;
  }

  destroy(): void {
    this.#destroyed = true;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  #check(): void {
    if (this.#destroyed) throw new TypeError('Tray is destroyed');
  }
}
