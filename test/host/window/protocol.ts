import { hostApp } from '../system/app.ts';
import type { ProtocolMember } from '../faces.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const privileged = new Map<string, Electron.Privileges>();
let registered = false;

/** A session's `protocol`. */
export class HostProtocol implements Pick<Electron.Protocol, ProtocolMember> {
  readonly #handlers = new Map<string, Handler>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (hostApp.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    if (registered) throw new Error('protocol.registerSchemesAsPrivileged should be called only once');
    registered = true;
    for (const { scheme, privileges } of schemes) privileged.set(scheme, privileges ?? {});
  }

  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (privileged.get(scheme)?.standard !== true) throw new Error(`The stand-in serves only schemes that were registered as standard; ${scheme} was not.`);
    this.#handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** What answers an address of ours; null where nobody registered. */
  handlerFor(url: string): Handler | null {
    return this.#handlers.get(new URL(url).protocol.slice(0, -1)) ?? null;
  }
}
