import type { ReactNode } from 'react';
import { Glyph } from '../../ui/glyph.tsx';
import { Icon } from '../../ui/icons.tsx';

/** The two ways in which a bot can get the token, for somebody who hears of them for the first time. */
export function Doors(): ReactNode {
  return (
    <section className="doors" aria-labelledby="doors-title">
      <h2 className="unseen" id="doors-title">
        Two ways for your bot to get the fresh token
      </h2>
      <ul className="doors-list">
        <li className="door">
          <h3 className="door-name">
            <Glyph name="plug" size={18} />
            Through Evertoken’s gateway <span className="door-best">best</span>
          </h3>
          <p>Your bot calls WhatsApp through Evertoken, with a key in place of the token. So it never holds an old token, and need not be restarted.</p>
        </li>
        <li className="door">
          <h3 className="door-name">
            <Icon name="file" size={18} />
            In its .env file
          </h3>
          <p>Evertoken writes each new token into the file that your bot reads. Most bots read it only when they start, so let Evertoken restart yours.</p>
        </li>
      </ul>
    </section>
  );
}
