import pLimit from 'p-limit';
import type { GatewayDesk, GatewayView } from '../contract/keys.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Gateway } from '../gateway/server.ts';
import { GatewayStartError } from '../gateway/start-error.ts';
import { portHint } from './port-hint.ts';
import type { Service } from './service.ts';

/** What the owner wants of the gateway. */
export interface GatewayWish {
  readonly enabled: boolean;
  readonly port: number;
}

/** What the switch stands on. */
export interface GatewaySwitchOptions {
  readonly service: Service;
  readonly wish: GatewayWish;
  /** Keeps a wish for the next start. Rejects where the disk refuses. */
  readonly keep: (wish: GatewayWish) => Promise<void>;
  /** The gateway began or ended to listen on a port; null while it does not. */
  readonly onListening: (port: number | null) => Promise<void>;
}

/** The gateway of the desktop app, which the owner turns on and off. A port that is taken is said and tried again, never hopped over. */
export class GatewaySwitch implements GatewayDesk {
  readonly #options: GatewaySwitchOptions;
  // One change after the other, so that the last wish is the one that holds.
  readonly #changes = pLimit(1);
  #wish: GatewayWish;
  #gateway: Gateway | null = null;
  #trouble: string | null = null;
  #ended = false;

  constructor(options: GatewaySwitchOptions) {
    this.#options = options;
    this.#wish = options.wish;
  }

  get keys(): GatewayDesk['keys'] {
    return this.#options.service.keys;
  }

  view(): GatewayView {
    const { enabled, port } = this.#wish;
    return { enabled, canChange: true, port, address: this.#gateway === null ? null : `http://127.0.0.1:${this.#gateway.port}`, trouble: this.#trouble, keys: this.keys.list() };
  }

  /** Does what the owner wants: at the start, and whenever a port may have become free. */
  look(): Promise<void> {
    return this.#changes(() => this.#follow());
  }

  set(wish: GatewayWish): Promise<Outcome> {
    return this.#changes(async () => {
      this.#wish = wish;
      const kept = await this.#options.keep(wish).then(
        () => '',
        () => ' The disk refused to keep this, so it holds until Evertoken ends.',
      );
      await this.#follow();
      if (this.#trouble !== null) return outcome(false, 'gateway-trouble', `${this.#trouble} Evertoken tries again every minute.${kept}`);
      if (!wish.enabled) return outcome(true, 'gateway-off', `The gateway is off. Bots that use it get no answer.${kept}`);
      const hint = portHint(wish.port);
      return outcome(true, 'gateway-on', `The gateway listens on port ${wish.port} of this computer.${kept}${hint === null ? '' : ` ${hint}`}`);
    });
  }

  /** Stops listening, for good. */
  close(): Promise<void> {
    this.#ended = true;
    return this.#changes(() => this.#stop());
  }

  async #follow(): Promise<void> {
    const { enabled, port } = this.#wish;
    if (this.#ended) return;
    if (!enabled || (this.#gateway !== null && this.#gateway.port !== port)) await this.#stop();
    if (enabled && this.#gateway === null) await this.#start(port);
    else if (!enabled) await this.#say(null, port);
  }

  async #start(port: number): Promise<void> {
    const { service, onListening } = this.#options;
    try {
      this.#gateway = await service.serve({ kind: 'port', port, host: '127.0.0.1', alsoCalled: [] }, [service.graph()]);
    } catch (error) {
      if (!(error instanceof GatewayStartError)) throw error;
      return this.#say(error.message, port);
    }
    await this.#say(null, port);
    await onListening(port);
  }

  async #stop(): Promise<void> {
    const gateway = this.#gateway;
    if (gateway === null) return;
    this.#gateway = null;
    await gateway.close();
    await this.#options.onListening(null);
  }

  async #say(trouble: string | null, port: number): Promise<void> {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    await this.#options.service.declareTrouble(trouble === null ? [] : [{ subject: String(port), severity: 'urgent', text: `Your bots cannot reach Evertoken. ${trouble}` }]);
  }
}

function outcome(ok: boolean, code: string, message: string): Outcome {
  return { ok, code, message, connection: null, details: [] };
}
