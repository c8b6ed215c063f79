/** The headers of a request that decide what becomes of it, found in one pass; each with every value it was sent with. */
export interface HeaderSurvey {
  readonly authorization: readonly string[];
  readonly contentType: string;
  /** Null where none was sent: then the body is chunked, or there is none. */
  readonly contentLength: number | null;
  readonly chunked: boolean;
  /** Whether the body is compressed. */
  readonly encoded: boolean;
  /** Whether another method than that of the request is asked for. */
  readonly overridesMethod: boolean;
  readonly upgrade: boolean;
  readonly host: string;
  /** The protocol by which the caller came to a proxy in front of this server; empty where none said it. */
  readonly forwardedProto: string;
}

/** Looks through Node's `rawHeaders`. Its parser has refused doubled or contradicting lengths before this. */
export function surveyHeaders(rawHeaders: readonly string[]): HeaderSurvey {
  const authorization: string[] = [];
  let contentType = '';
  let contentLength: number | null = null;
  let chunked = false;
  let upgrade = false;
  let encoded = false;
  let overridesMethod = false;
  let host = '';
  let forwardedProto = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    // By length first: most headers are none of these, and lower-casing each would cost more than all the rest.
    switch (name.length) {
      case 4:
        if (name.toLowerCase() === 'host') host = value;
        break;
      case 7:
        if (name.toLowerCase() === 'upgrade') upgrade = true;
        break;
      case 12:
        if (name.toLowerCase() === 'content-type') contentType = value;
        break;
      case 13:
        if (name.toLowerCase() === 'authorization') authorization.push(value);
        else if (name.toLowerCase() === 'x-http-method') overridesMethod = true;
        break;
      case 14:
        if (name.toLowerCase() === 'content-length') contentLength = Number(value);
        break;
      case 16:
        if (name.toLowerCase() === 'content-encoding' && value.trim().toLowerCase() !== 'identity') encoded = true;
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') chunked = true;
        else if (name.toLowerCase() === 'x-forwarded-proto') forwardedProto = value.trim().toLowerCase();
        else if (name.toLowerCase() === 'x-method-override') overridesMethod = true;
        break;
      case 22:
        if (name.toLowerCase() === 'x-http-method-override') overridesMethod = true;
        break;
      default:
    }
  }
  return { authorization, contentType, contentLength, chunked, encoded, overridesMethod, upgrade, host, forwardedProto };
}
