import { explainError } from '../../../src-main/core/graph/explain.ts';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';
import { repeated, scaled, timed } from '../rounds.ts';

/** As they come: a message, an answer, a trace, a log in another language, a page, another vendor, no error. */
const TEXTS: readonly string[] = [
  'Error validating access token: Session has expired on Monday, 03-Mar-25 04:00:00 PST. The current time is Monday, 03-Mar-25 05:11:12 PST.',
  '{"error":{"message":"(#131030) Recipient phone number not in allowed list","type":"OAuthException","code":131030,"error_data":{"messaging_product":"whatsapp","details":"Recipient phone number not in allowed list"},"fbtrace_id":"ABenchTrace"}}',
  "Traceback (most recent call last):\n  File \"bot.py\", line 190, in send\nrequests.exceptions.ConnectionError: HTTPSConnectionPool(host='graph.facebook.com', port=443): Max retries exceeded (Caused by NewConnectionError('Failed to establish a new connection: [Errno 111] Connection refused'))",
  '2025-03-03 10:00:01 ERRO envio: Erro ao validar token de acesso: A sessão foi invalidada porque o usuário alterou a senha ou o Facebook alterou a sessão por motivos de segurança.',
  '"{\\"error\\":{\\"message\\":\\"La sesi\\u00f3n ha caducado el lunes, 03-mar-25 04:00:00 PST.\\",\\"type\\":\\"OAuthException\\",\\"code\\":190,\\"error_subcode\\":463}}"',
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
  'google.auth.exceptions.RefreshError: invalid_grant: Token has been expired or revoked.',
  '2025-03-03 10:00:01 INFO sent template order_update to 15550001111 message_status=accepted',
];
const CALLS = 40_000;
const ROUNDS = 11;
/** Characters of each long text. */
const LENGTH = 1_000_000;

/** Long texts of every kind that a reader could trip over: the same beginning again and again, escapes, marks that never end. */
const TRAPS: Readonly<Record<string, string>> = {
  backslashes: '\\', 'escaped letters': '\\u0065', 'percent signs': '%41', 'broken percent signs': '%ff', tags: '<b ', entities: '&#65;', blanks: ' ', numbers: '1 ', codes: 'code 190 (#4) ',
  expiries: 'session has expired on 1 de 1 ', pairs: 'token sessão expirou senha alterou ', names: "host='x ECONNRESET ENOTFOUND ", signs: 'OAuthException graph.facebook.com error ', hindi: 'सत्र समाप्त ', 'no width': '\u200b', letters: 'a',
};

/** Explaining errors: how many a second, and the slowest kilobyte of the texts made to be slow. */
export async function explainFigures(): Promise<readonly Figure[]> {
  const taken = await repeated(ROUNDS, () => timed(async () => explainAll()));
  const perSecond = { median: (CALLS / taken.median) * 1_000, min: (CALLS / taken.max) * 1_000, max: (CALLS / taken.min) * 1_000, rounds: taken.rounds };
  let worst = { name: '', spread: spreadOf([0]) };
  for (const [name, piece] of Object.entries(TRAPS)) {
    const text = piece.repeat(Math.ceil(LENGTH / piece.length));
    const spread = scaled(await repeated(3, () => timed(async () => explainError(text)), 1), 1_000 / text.length);
    if (spread.median > worst.spread.median) worst = { name, spread };
  }
  return [
    { id: 'explain', name: 'explaining an error', unit: 'texts/s', ours: perSecond, rival: null, goal: { of: 'ours', kind: 'at-least', limit: 50_000 }, note: `${TEXTS.length} texts of ${Math.round(TEXTS.join('').length / TEXTS.length)} characters on average, in turn.` },
    { id: 'explain-worst', name: 'explaining 1 kB of the slowest text', unit: 'ms', ours: worst.spread, rival: null, goal: { of: 'ours', kind: 'at-most', limit: 1 }, note: `Of ${Object.keys(TRAPS).length} kinds of 1 MB made to be slow; the slowest was: ${worst.name}.` },
  ];
}

function explainAll(): void {
  let people = 0;
  for (let call = 0; call < CALLS; call += 1) people += Number(explainError(TEXTS[call % TEXTS.length] ?? '').humanMustAct);
  // What comes back is used, or the compiler might do without the call.
  if (people === 0) throw new Error('nothing was explained');
}
