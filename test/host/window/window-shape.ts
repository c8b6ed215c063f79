import { EventEmitter } from 'node:events';

/** A window's title, size and whatever else only shows on a screen. The last is taken and forgotten, from a window that is there. */
export abstract class WindowShape extends EventEmitter {
  protected title: string;
  protected bounds: Electron.Rectangle;

  constructor({ title, x = 0, y = 0, width = 800, height = 600 }: { readonly title: string; readonly x?: number | undefined; readonly y?: number | undefined; readonly width?: number | undefined; readonly height?: number | undefined }) {
    super();
    this.title = title;
    this.bounds = { x, y, width, height };
  }

  /** Throws where the window is gone. */
  protected abstract check(): void;

  /** The page must follow. */
  protected abstract resized(bounds: Electron.Rectangle): void;

  setTitle(title: string): void {
    this.check();
    this.title = title;
  }

  getTitle(): string {
    this.check();
    return this.title;
  }

  getBounds(): Electron.Rectangle {
    this.check();
    return { ...this.bounds };
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.check();
    this.bounds = { ...this.bounds, ...bounds };
    this.resized(this.bounds);
    this.emit('resize');
  }

  getSize(): number[] {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getContentSize(): number[] {
    return this.getSize();
  }

  setContentSize(width: number, height: number): void {
    this.setSize(width, height);
  }

  // What only changes the window's frame on a screen.
  setMenu(_menu: unknown): void {
    this.check();
  }

  removeMenu(): void {
    this.check();
  }

  setMenuBarVisibility(_visible: boolean): void {
    this.check();
  }

  setAutoHideMenuBar(_hide: boolean): void {
    this.check();
  }

  setIcon(_icon: unknown): void {
    this.check();
  }

  setMinimumSize(_width: number, _height: number): void {
    this.check();
  }

  setBackgroundColor(_color: string): void {
    this.check();
  }

  setSkipTaskbar(_skip: boolean): void {
    this.check();
  }

  setContentProtection(_enable: boolean): void {
    this.check();
  }

  flashFrame(_flag: boolean): void {
    this.check();
  }

  center(): void {
    this.check();
  }
}
