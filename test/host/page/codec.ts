/** A value on its way through JSON: what JSON has stands for itself, anything else is a list that begins with its kind. */
export type Wire = string | number | boolean | null | readonly unknown[];

/** What becomes of functions and promises, where both ends can call each other. */
export interface Links {
  give(target: unknown): number;
  takeFunction(id: number): unknown;
  takePromise(id: number): unknown;
}

/** Both directions. */
export interface Codec {
  encode(value: unknown): Wire;
  decode(wire: Wire): unknown;
}

/**
 * Carries structured clones through JSON. Without `links` a function, a symbol or a promise is refused with Electron's words. It stands
 * alone and imports nothing: its text is also put into pages.
 */
export function createCodec(links: Links | null): Codec {
  const refused = (): Error => new Error('An object could not be cloned.');
  const kindOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

  const bytesToText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
  const textToBytes = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0);

  const encodeObject = (value: object, above: readonly object[]): Wire => {
    if (above.includes(value)) throw refused();
    const path = [...above, value];
    const inner = (part: unknown): Wire => encodeAny(part, path);
    if (Array.isArray(value)) return ['list', value.map((part: unknown) => inner(part))];
    if (ArrayBuffer.isView(value)) return ['bytes', kindOf(value), bytesToText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
    switch (kindOf(value)) {
      case 'Date':
        return ['date', (value as Date).getTime()];
      case 'Map':
        return ['map', Array.from(value as Map<unknown, unknown>, ([key, part]) => [inner(key), inner(part)])];
      case 'Set':
        return ['set', Array.from(value as Set<unknown>, inner)];
      case 'RegExp':
        return ['regexp', (value as RegExp).source, (value as RegExp).flags];
      case 'Error':
        return ['error', (value as Error).name, (value as Error).message];
      case 'ArrayBuffer':
        return ['bytes', 'ArrayBuffer', bytesToText(new Uint8Array(value as ArrayBuffer))];
      case 'Promise':
        if (links === null) throw refused();
        return ['promise', links.give(value)];
      default:
        return ['object', Object.entries(value).map(([key, part]) => [key, inner(part)])];
    }
  };

  const encodeAny = (value: unknown, above: readonly object[]): Wire => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : ['number', Object.is(value, -0) ? '-0' : String(value)];
      case 'undefined':
        return ['undefined'];
      case 'bigint':
        return ['bigint', String(value)];
      case 'object':
        return value === null ? null : encodeObject(value, above);
      case 'function':
        if (links === null) throw refused();
        return ['function', links.give(value)];
      case 'symbol':
        throw refused();
    }
  };

  const decode = (wire: Wire): unknown => {
    if (!Array.isArray(wire)) return wire;
    const [kind, first, second] = wire as unknown as readonly [string, unknown, unknown];
    const pairs = (): [Wire, Wire][] => first as [Wire, Wire][];
    switch (kind) {
      case 'list':
        return (first as Wire[]).map((part) => decode(part));
      case 'object': {
        const made: Record<string, unknown> = {};
        // defineProperty: a key named __proto__ must stay a key.
        for (const [key, part] of pairs()) Object.defineProperty(made, key as string, { value: decode(part), writable: true, enumerable: true, configurable: true });
        return made;
      }
      case 'number':
        return Number(first);
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(first as string);
      case 'date':
        return new Date(first as number);
      case 'map':
        return new Map(pairs().map(([key, part]) => [decode(key), decode(part)]));
      case 'set':
        return new Set((first as Wire[]).map((part) => decode(part)));
      case 'regexp':
        return new RegExp(first as string, second as string);
      case 'error':
        return Object.assign(new Error(second as string), { name: first as string });
      case 'bytes': {
        const { buffer } = textToBytes(second as string);
        if (first === 'ArrayBuffer') return buffer;
        const views = globalThis as unknown as Record<string, new (buffer: ArrayBufferLike) => unknown>;
        const View = views[first as string] ?? Uint8Array;
        return new View(buffer);
      }
      case 'function':
        return links?.takeFunction(first as number);
      case 'promise':
        return links?.takePromise(first as number);
      default:
        throw new Error(`Unknown kind of value: ${kind}`);
    }
  };

  return {
    encode: (value) => {
      if (links !== null) return encodeAny(value, []);
      let clone: unknown;
      try {
        clone = structuredClone(value);
      } catch {
        throw refused();
      }
      return encodeAny(clone, []);
    },
    decode,
  };
}
