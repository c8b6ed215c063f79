/** What samples put where a token belongs. A reference to another variable, such as `${TOKEN}`, is none: it has a meaning. */
const SHAPES: readonly RegExp[] = [
  // your_token_here, YOUR-ACCESS-TOKEN, paste your token here, replace_me
  /^(?:your|my|insert|paste|enter|put|add|replace|change)[-_ ]?(?:[a-z0-9]{1,20}[-_ ]){0,4}(?:token|key|secret|value|here|me|this)(?:[-_ ]here)?$/i,
  /^(?:changeme|placeholder|todo|tbd|none|null|undefined|example|sample|dummy|access[-_]?token|token)$/i,
  // xxx, EAAxxxxxxxx
  /^(?:EAA[A-Z]{0,4})?x{3,}$/i,
  // EAA..., EAAG…, ****
  /^(?:EAA\w{0,8})?(?:\.{3,}|…|\*{3,})$/,
  /^<[^<>]{1,60}>$/,
  /^""$|^''$/,
];

/** Whether a value plainly only holds a place open, so that nothing is lost with it. */
export function isPlaceholder(value: string): boolean {
  return SHAPES.some((shape) => shape.test(value.trim()));
}
