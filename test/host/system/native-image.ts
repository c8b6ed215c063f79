import { existsSync, readFileSync } from 'node:fs';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const NOTHING = Buffer.alloc(0);

/** `nativeImage` and its images: the file's bytes and, of a PNG, its size. No pixel is decoded. */
export class HostNativeImage implements Pick<Electron.NativeImage, 'isEmpty' | 'getSize' | 'toPNG' | 'toDataURL' | 'setTemplateImage' | 'isTemplateImage' | 'getAspectRatio'> {
  readonly #bytes: Buffer;
  isMacTemplateImage: boolean;

  constructor(bytes: Buffer, isTemplate = false) {
    this.#bytes = isPicture(bytes) ? bytes : NOTHING;
    this.isMacTemplateImage = isTemplate;
  }

  static createEmpty(): HostNativeImage {
    return new HostNativeImage(NOTHING);
  }

  static createFromPath(path: string): HostNativeImage {
    return new HostNativeImage(existsSync(path) ? readFileSync(path) : NOTHING, process.platform === 'darwin' && /Template(?:@\d+x)?\.[a-z]+$/.test(path));
  }

  static createFromBuffer(buffer: Buffer): HostNativeImage {
    return new HostNativeImage(buffer);
  }

  static createFromDataURL(url: string): HostNativeImage {
    return new HostNativeImage(Buffer.from(url.split(',')[1] ?? '', 'base64'));
  }

  isEmpty(): boolean {
    return this.#bytes.length === 0;
  }

  getSize(): Electron.Size {
    if (!this.#bytes.subarray(0, 8).equals(PNG)) return { width: 0, height: 0 };
    return { width: this.#bytes.readUInt32BE(16), height: this.#bytes.readUInt32BE(20) };
  }

  getAspectRatio(): number {
    const { width, height } = this.getSize();
    return height === 0 ? 1 : width / height;
  }

  toPNG(): Buffer {
    return this.#bytes;
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#bytes.toString('base64')}`;
  }

  setTemplateImage(option: boolean): void {
    this.isMacTemplateImage = option;
  }

  isTemplateImage(): boolean {
    return this.isMacTemplateImage;
  }
}

/** PNG and JPEG everywhere, ICO on Windows alone: what Electron itself can read. */
function isPicture(bytes: Buffer): boolean {
  if (bytes.subarray(0, 8).equals(PNG) || (bytes[0] === 0xff && bytes[1] === 0xd8)) return true;
  return process.platform === 'win32' && bytes.length > 6 && bytes.readUInt32LE(0) === 0x0001_0000;
}
