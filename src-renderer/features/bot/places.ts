/** Where what concerns the gateway and its keys is told. No connection has such an id. */
export const GATEWAY_PLACE = 'bot/gateway';

/** Where what concerns a connection's deliveries is told. */
export function botPlace(connection: string): string {
  return `bot/${connection}`;
}

/** Where a single delivery is under way. */
export function deliveryPlace(delivery: string): string {
  return `bot/delivery/${delivery}`;
}

/** The id of a connection's card in this part of the page; also where the focus goes when it is to be shown. */
export function botCardId(connection: string): string {
  return `bot-${connection}`;
}
