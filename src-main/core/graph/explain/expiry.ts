import { HOUR, MINUTE, SECOND } from '../../time.ts';

/** Minutes east of Greenwich. Meta's servers speak of California; the others are for texts that a log rewrote. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0, utc: 0, gmt: 0, wet: 0, pst: -480, pdt: -420, mst: -420, mdt: -360, cst: -360, cdt: -300, est: -300, edt: -240, akst: -540, akdt: -480, hst: -600,
  ast: -240, adt: -180, nst: -210, ndt: -150, art: -180, brt: -180, brst: -120, clt: -240, clst: -180, cot: -300, pet: -300, uyt: -180,
  bst: 60, west: 60, cet: 60, cest: 120, eet: 120, eest: 180, sast: 120, cat: 120, eat: 180, wat: 60, msk: 180, trt: 180, gst: 240, pkt: 300, ist: 330, npt: 345,
  wib: 420, ict: 420, wita: 480, sgt: 480, myt: 480, hkt: 480, pht: 480, awst: 480, wit: 540, jst: 540, kst: 540, acst: 570, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
};
const LONG_ZONES: Readonly<Record<string, number>> = { 'pacific standard time': -480, 'pacific daylight time': -420, 'coordinated universal time': 0 };

/** Beginnings of the months' names, accents gone, in the languages that Meta's texts are seen in. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan|ene|gen|janv|oca|янв|sty)/, /^(?:feb|fev|sub|фев|lut)/, /^(?:mar|mrz|maer|mrt|мар)/, /^(?:apr|abr|avr|nis|апр|kwi)/, /^(?:may|mai|mei|mag|ma[iyj]|май|мая)/,
  /^(?:jun|juin|giu|haz|июн|cze)/, /^(?:jul|juil|lug|tem|июл|lip)/, /^(?:aug|ago|aou|agu|авг|sie)/, /^(?:sep|set|eyl|сен|wrz)/, /^(?:oct|out|okt|ott|eki|окт|paz)/,
  /^(?:nov|kas|ноя|lis)/, /^(?:dec|dic|dez|des|ara|дек|gru)/,
];

/** How far behind the words the moment may stand, in characters. */
const AHEAD = 260;
const GAP = String.raw`[^\p{L}\p{N}]{1,14}`;
const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?[^\p{L}\p{N}+\-−]{0,4}(?:([ap])\.?m\.?)?`;
const ZONE = String.raw`[^\p{L}\p{N}+\-−]{0,8}(?:((?:utc|gmt)?[^\p{L}\p{N}+\-−]{0,2}[+\-−]\d{1,2}:?(?:\d{2})?(?!\d))|(pacific (?:standard|daylight) time|coordinated universal time)|(\p{L}{1,4})(?![\p{L}\p{N}]))`;
/** `22-Jul-25 05:00:00 PDT`, `22 de julio de 2025 a las 05:00 UTC`, `22/Jul/2025:05:00:00 +0000`. */
const DAY_FIRST = new RegExp(String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th|er)?\.?(?:${GAP}|\.?\s?de\s)(?:de\s)?(\p{L}{3,12})\.?(?:${GAP})(?:de[l]?\s)?(\d{4}|\d{2})(?!\d)[^\p{N}]{1,14}?${CLOCK}${ZONE}`, 'iu');
/** `Jul 22, 2025 at 5:00:00 AM PDT`. */
const MONTH_FIRST = new RegExp(String.raw`(?<!\p{L})(\p{L}{3,12})\.?${GAP}(\d{1,2})(?:st|nd|rd|th)?${GAP}(\d{4})(?!\d)[^\p{N}]{1,14}?${CLOCK}${ZONE}`, 'iu');
/** `2025-07-22T05:00:00+0000`, `2025/07/22 05:00 UTC`. */
const YEAR_FIRST = new RegExp(String.raw`(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T|[^\p{L}\p{N}]{1,6})${CLOCK}${ZONE}`, 'iu');
const UNIX = /unix[\s_-]{0,4}(?:time)?(?:stamp)?[^\p{L}\p{N}]{1,10}(\d{9,10}|\d{13})(?!\d)/iu;
/** Where Meta goes on with its own clock. */
const NOW = /(?:the )?current (?:unix )?time|hora actual|hora atual|heure actuelle|aktuelle (?:uhr)?zeit|ora attuale|waktu saat ini|şu an|текущее время|الوقت الحالي|वर्तमान समय|当前时间|現在の?時/iu;

/**
 * The moment (ms since 1970) that the words at `place` say something expired; null where they give no zone, or no moment.
 * The weekday is not looked at: Meta's can be wrong.
 */
export function readExpiry(text: string, place: number): number | null {
  const near = text.slice(place, place + AHEAD).normalize('NFKC');
  const now = NOW.exec(near)?.index;
  const words = now === undefined ? near : near.slice(0, now);
  const unix = UNIX.exec(words)?.[1];
  if (unix !== undefined) return unix.length === 13 ? Number(unix) : Number(unix) * SECOND;
  return dayFirst(words) ?? yearFirst(words) ?? monthFirst(words);
}

function dayFirst(words: string): number | null {
  const found = DAY_FIRST.exec(words);
  return found === null ? null : moment(Number(found[1]), monthOf(found[2]), yearOf(found[3]), found.slice(4));
}

function monthFirst(words: string): number | null {
  const found = MONTH_FIRST.exec(words);
  return found === null ? null : moment(Number(found[2]), monthOf(found[1]), yearOf(found[3]), found.slice(4));
}

function yearFirst(words: string): number | null {
  const found = YEAR_FIRST.exec(words);
  return found === null ? null : moment(Number(found[3]), Number(found[2]), yearOf(found[1]), found.slice(4));
}

function moment(day: number, month: number | null, year: number, [hour, minute, second, half, offset, longZone, zone]: readonly (string | undefined)[]): number | null {
  const east = zoneOf(offset, longZone, zone);
  if (month === null || east === null) return null;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const seconds = Number(second ?? '0');
  if (hours > 23 || Number(minute) > 59 || seconds > 59) return null;
  const midnight = Date.UTC(year, month - 1, day);
  // A day that its month does not have would roll over into the next.
  if (new Date(midnight).getUTCDate() !== day) return null;
  return midnight + hours * HOUR + Number(minute) * MINUTE + seconds * SECOND - east * MINUTE;
}

function monthOf(name: string | undefined): number | null {
  const plain = (name ?? '').toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const index = MONTHS.findIndex((month) => month.test(plain));
  return index === -1 ? null : index + 1;
}

function yearOf(digits: string | undefined): number {
  return Number(digits) + (digits?.length === 2 ? 2000 : 0);
}

/** Minutes east of Greenwich; null for what is no zone. */
function zoneOf(offset: string | undefined, longZone: string | undefined, zone: string | undefined): number | null {
  if (longZone !== undefined) return LONG_ZONES[longZone.toLowerCase()] ?? null;
  if (zone !== undefined) return ZONES[zone.toLowerCase()] ?? null;
  const parts = /([+\-−])(\d{1,2}):?(\d{2})?$/.exec(offset ?? '');
  if (parts === null) return null;
  const east = Number(parts[2]) * 60 + Number(parts[3] ?? '0');
  return east > 14 * 60 ? null : parts[1] === '+' ? east : -east;
}
