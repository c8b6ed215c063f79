import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import type { GlyphName } from '../../ui/glyph-name.ts';

interface StandingRow {
  readonly glyph: GlyphName;
  readonly word: string;
}

/** What stands for each standing: shape and word, so that colour is never the only sign. The colours are in standing.css. */
export const STANDINGS: Readonly<Record<DeliveryView['standing'], StandingRow>> = {
  done: { glyph: 'tick', word: 'Up to date' },
  pending: { glyph: 'clock', word: 'Waits for its turn' },
  failed: { glyph: 'exclamation', word: 'Not done, tried again' },
  'needs-owner': { glyph: 'cross', word: 'Needs you' },
};
