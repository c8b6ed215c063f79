/** Names that a client was told to look for: in Python's pools, after Node's and cURL's codes, in Go's and Java's sentences. */
const SOUGHT = /(?:host=["']?|(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|resolve host:?|resolve|lookup|UnknownHostException:|connect to)\s{1,3}["']?)([\w.-]{1,120})/g;
/** How much of a text is looked through, and how many names. */
const READ = 20_000;
const MOST_NAMES = 6;

const META_HOST = /(?:^|\.)(?:facebook|fbcdn|fbsbx|instagram|whatsapp|threads|meta)\.(?:com|net)\.?$/i;
/** Almost Meta's: an id glued to it, a slip of the finger, a blank address. */
const NEARLY_META = /facebook|whatsapp|instagram|^graph\.|f(?:a|ac|ace|aec)?e?bo?ok/i;
const NO_HOST = /^(?:undefined|null|none|nan|https?|graph|api)$/i;
const OWN_HOST = /^(?:localhost|127\.\d|0\.0\.0\.0|host\.docker\.internal)/i;

/** Whether the name that was called is itself the fault: a mistyped or empty host, or a program of one's own that does not run. */
export function unreachableForGood(text: string): boolean {
  let names = 0;
  for (const [, host = ''] of text.slice(0, READ).matchAll(SOUGHT)) {
    if ((names += 1) > MOST_NAMES) return false;
    if (NO_HOST.test(host) || OWN_HOST.test(host) || (NEARLY_META.test(host) && !META_HOST.test(host))) return true;
  }
  return false;
}
