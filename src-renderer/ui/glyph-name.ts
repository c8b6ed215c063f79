/** The shapes that stand for the looks, the same as in the tray. */
export type GlyphName = 'plug' | 'dots' | 'tick' | 'clock' | 'exclamation' | 'cross' | 'waves' | 'padlock';
