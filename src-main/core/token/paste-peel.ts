/** One layer taken off a pasted text; `note` is null where it is not worth telling. */
export interface Peeled {
  readonly text: string;
  readonly note: string | null;
}

interface Layer {
  readonly pattern: RegExp;
  readonly note: string | null;
}

const QUOTES = '"\'`´‘’‚‛“”„‟«»‹›′″＂＇「」『』';
/** Pairs of signs round the whole text. Each pattern keeps what matters in its first group. */
const LAYERS: readonly Layer[] = [
  { pattern: /^`{3}[a-z]{0,10}\s([\s\S]*?)`{3}$/, note: 'Quotation marks were removed.' },
  { pattern: new RegExp(`^(?:\\\\?[${QUOTES}])+([\\s\\S]*)$`), note: 'Quotation marks were removed.' },
  { pattern: new RegExp(`^([\\s\\S]*[^\\\\${QUOTES}])(?:\\\\?[${QUOTES}])+$`), note: 'Quotation marks were removed.' },
  { pattern: /^([\s\S]*[^,;])[,;]+$/, note: 'A comma or semicolon at the end was removed.' },
  { pattern: /^<(EAA[\w-]+)>$/, note: 'Brackets were removed.' },
  { pattern: /^\((EAA[\w-]+)\)$/, note: 'Brackets were removed.' },
  { pattern: /^\[(EAA[\w-]+)\]$/, note: 'Brackets were removed.' },
  { pattern: /^(EAA[\w-]+)\.$/, note: 'A full stop at the end was removed.' },
  { pattern: /^(?:-H\s+|--header\s+)([\s\S]+)$/, note: null },
  { pattern: /^(?:proxy-)?authorization["']?\s*[:=]\s*([\s\S]+)$/i, note: 'The word before the token was removed.' },
  { pattern: /^(?:bearer|oauth)[\s:]+([\s\S]+)$/i, note: 'The word before the token was removed.' },
  { pattern: /^(?:export|set|const|let|var|ENV)\s+([A-Za-z_][\w.]{0,63}\s*=[\s\S]+)$/, note: null },
  { pattern: /^\$env:([A-Za-z_]\w{0,63}\s*=[\s\S]+)$/i, note: null },
  // A name before the token: told by its value, by its words, or by its capitals. An opaque key may hold `:` or `=` itself.
  { pattern: /^[A-Za-z_][\w.-]{0,63}["']?\s*(?:=>|[=:])\s*((?:EAA|["'`])[\s\S]+)$/, note: 'The name before the token was removed.' },
  { pattern: /^(?=[\w.-]{0,64}(?:token|key|secret|auth|whatsapp|meta|facebook|graph|password|api))[a-z_][\w.-]{0,63}["']?\s*(?:=>|[=:])\s*((?![/=:])[\s\S]+)$/i, note: 'The name before the token was removed.' },
  { pattern: /^[A-Z][A-Z0-9]{0,30}_[A-Z0-9_]{0,60}\s*=\s*((?!=)[\s\S]+)$/, note: 'The name before the token was removed.' },
  { pattern: /^(?:your |my |the )?(?:whatsapp |meta |facebook |graph )?(?:api )?(?:access )?token(?: is)?\s*(?:[=:]\s*|\s)(EAA[\s\S]+|(?![/=:])\S{16,})$/i, note: 'The name before the token was removed.' },
];

/** Characters that show nothing: zero-width signs, joiners, marks of direction, BOM, soft hyphen, variation selectors. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Takes out what cannot be seen, and makes every kind of blank an ordinary one. */
export function stripInvisible(text: string): Peeled {
  const clean = text.replace(INVISIBLE, '').replace(/[\u2028\u2029\u0085]/g, '\n').replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' ');
  return { text: clean, note: clean === text ? null : 'Invisible characters were removed.' };
}

/** True where nothing but quotation marks and blanks is left. */
export function isOnlyQuotes(text: string): boolean {
  return new RegExp(`^[\\s\\\\${QUOTES}]+$`).test(text);
}

/** Takes one layer off; null when none is left. */
export function peelOnce(text: string): Peeled | null {
  for (const { pattern, note } of LAYERS) {
    const inner = pattern.exec(text)?.[1]?.trim();
    if (inner !== undefined && inner !== text && inner !== '') return { text: inner, note };
  }
  return null;
}
