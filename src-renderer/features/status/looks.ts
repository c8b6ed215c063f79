import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { GlyphName } from '../../ui/glyph-name.ts';

/** One of the eight looks that tray and window share. */
export type Look = ConnectionView['look'];

interface LookRow {
  readonly glyph: GlyphName;
  /** On a connection's card. */
  readonly word: string;
  /** Whether the ring round the glyph shows how much of the life is left. */
  readonly ring: boolean;
}

/** What stands for each look: shape and word, so that colour is never the only sign. The colours are in tokens.css. */
export const LOOKS: Readonly<Record<Look, LookRow>> = {
  'needs-set-up': { glyph: 'plug', word: 'Not set up', ring: false },
  checking: { glyph: 'dots', word: 'Checking', ring: false },
  healthy: { glyph: 'tick', word: 'Working', ring: false },
  soon: { glyph: 'clock', word: 'Needs you soon', ring: true },
  urgent: { glyph: 'exclamation', word: 'Act now', ring: true },
  broken: { glyph: 'cross', word: 'Cannot send', ring: false },
  unreachable: { glyph: 'waves', word: 'No answer', ring: true },
  'keychain-locked': { glyph: 'padlock', word: 'Keychain locked', ring: false },
};

/** The whole at one glance, in the words of the tray. */
export const OVERALL: Readonly<Record<Look, string>> = {
  'needs-set-up': 'Not set up yet',
  checking: 'Checking with Meta …',
  healthy: 'All is well',
  soon: 'Something to do within days',
  urgent: 'Please act now',
  broken: 'Your bot cannot send: a new token is needed',
  unreachable: 'Meta cannot be reached; Evertoken keeps trying',
  'keychain-locked': 'Please unlock your keychain',
};
