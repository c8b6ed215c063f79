import type { Listening } from './listening.ts';

/** Why the server could not be started; `message` is a sentence for a person. */
export class GatewayStartError extends Error {
  readonly code: 'port-taken' | 'port-not-allowed' | 'cannot-listen';
  /** Whether another port would help; whoever says the message may add how one is chosen. */
  readonly wantsPort: boolean;

  constructor(code: GatewayStartError['code'], message: string, wantsPort: boolean) {
    super(message);
    this.name = 'GatewayStartError';
    this.code = code;
    this.wantsPort = wantsPort;
  }
}

/** Puts what `listen` met into words. A taken port is said, never hopped over: bots hold the port in their settings. */
export function startError({ code = '' }: NodeJS.ErrnoException, listening: Listening): GatewayStartError {
  return listening.kind === 'port' ? portError(code, listening.port, listening.host) : socketError(code, listening.path);
}

function portError(code: string, port: number, host: string): GatewayStartError {
  switch (code) {
    case 'EADDRINUSE':
      return new GatewayStartError('port-taken', `Port ${port} of this computer is in use by another program. Close that program, or choose another port.`, true);
    case 'EACCES':
      return new GatewayStartError('port-not-allowed', `This computer does not let Evertoken use port ${port}. Choose another port, above 1023.`, true);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new GatewayStartError('cannot-listen', `"${host}" is not an address of this computer, so Evertoken cannot listen on it. Give one of its own addresses.`, false);
    default:
      return new GatewayStartError('cannot-listen', `Evertoken could not listen on port ${port} (${code === '' ? 'no reason given' : code}). Choose another port.`, true);
  }
}

function socketError(code: string, path: string): GatewayStartError {
  if (code === 'EADDRINUSE') return new GatewayStartError('cannot-listen', `${path} is in use by another program, or is a file that is no socket. Close that program, or choose another data folder.`, false);
  return new GatewayStartError('cannot-listen', `Evertoken could not make the socket ${path} (${code === '' ? 'no reason given' : code}). Choose a data folder that your user may write to.`, false);
}
