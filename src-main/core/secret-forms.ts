/**
 * Every way one secret is commonly written down: as it is, inside JSON (also JSON inside JSON, and with PHP's `\/`),
 * inside a URL (both spellings of the percent signs, and a form's `+` for a blank), and the mixtures of these.
 */
export function secretForms(secret: string): readonly string[] {
  const plain = [secret, ...urlForms(secret)];
  const json = plain.flatMap(jsonForms);
  const jsonTwice = json.flatMap(jsonForms);
  const urlOfJson = jsonForms(secret).flatMap(urlForms);
  return [...new Set([...plain, ...json, ...jsonTwice, ...urlOfJson])];
}

function jsonForms(text: string): readonly string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  return escaped.includes('/') ? [escaped, escaped.replaceAll('/', '\\/')] : [escaped];
}

function urlForms(text: string): readonly string[] {
  const encoded = percentEncode(text);
  if (encoded === null) return [];
  // URLSearchParams also escapes these five.
  const form = encoded.replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = [encoded, form, form.replaceAll('%20', '+')];
  return [...forms, ...forms.map((each) => each.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()))];
}

/** Null for text that cannot stand in a URL (half a surrogate pair). */
function percentEncode(text: string): string | null {
  try {
    return encodeURIComponent(text);
  } catch {
    return null;
  }
}
