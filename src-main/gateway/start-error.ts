/** Why the server could not be started; `message` is a sentence for a person. */
export class GatewayStartError extends Error {
  readonly code: 'port-taken' | 'port-not-allowed' | 'cannot-listen';

  constructor(code: GatewayStartError['code'], message: string) {
    super(message);
    this.name = 'GatewayStartError';
    this.code = code;
  }
}

/** Puts what `listen` met into words. A taken port is said, never hopped over: bots hold the port in their settings. */
export function startError(cause: NodeJS.ErrnoException, port: number): GatewayStartError {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new GatewayStartError('port-taken', `Port ${port} of this computer is in use by another program. Close it, or choose another port with --port.`);
    case 'EACCES':
      return new GatewayStartError('port-not-allowed', `This computer does not let Evertoken use port ${port}. Choose another, above 1023, with --port.`);
    default:
      return new GatewayStartError('cannot-listen', `Evertoken could not listen on port ${port} (${cause.code ?? 'no reason given'}). Choose another port with --port.`);
  }
}
