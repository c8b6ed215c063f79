import { describe, expect, it } from 'vitest';
import { CAUSE_TRAITS, causeTraits } from '../../../src-main/core/graph/cause-traits.ts';
import type { Cause, GraphFault } from '../../../src-main/core/graph/fault.ts';
import { faultText, faultWords } from '../../../src-main/core/graph/fault-words.ts';

const CAUSES = Object.keys(CAUSE_TRAITS) as readonly Cause[];
const fault = (cause: Cause, message: string, code: number | null = null): GraphFault => ({ cause, code, subcode: null, httpStatus: 400, message });

describe('causeTraits', () => {
  it('sorts the causes as the facts say', () => {
    const having = (trait: keyof (typeof CAUSE_TRAITS)['expired']): readonly Cause[] => CAUSES.filter((cause) => causeTraits(cause)[trait]);
    expect(having('silence')).toEqual(['throttled', 'transient', 'network']);
    expect(having('appCredentials')).toEqual(['wrong_app_credentials', 'app_secret_proof']);
    expect(having('access')).toEqual(['missing_permission', 'wrong_id_or_no_asset']);
    expect(having('credential')).toEqual(['expired', 'password_changed', 'app_removed', 'logged_out', 'checkpoint', 'unconfirmed', 'inactive_90_days', 'malformed_token', 'unknown_auth']);
    expect(CAUSES.filter((cause) => !causeTraits(cause).humanMustAct)).toEqual(['sixty_days_only', 'throttled', 'transient', 'network']);
  });

  it('says no two things at once', () => {
    for (const cause of CAUSES) {
      const { credential, access, appCredentials, silence } = causeTraits(cause);
      expect([credential, access, appCredentials, silence].filter(Boolean).length, cause).toBeLessThanOrEqual(1);
    }
  });
});

describe('faultWords', () => {
  it('has full sentences of its own for every cause', () => {
    const whats = CAUSES.map((cause) => faultWords(cause).what);
    expect(new Set(whats).size).toBe(CAUSES.length);
    for (const cause of CAUSES) {
      const { what, advice, link } = faultWords(cause);
      expect(what, cause).toMatch(/^[A-Z][^{}<>]{15,}\.$/);
      expect(advice, cause).toMatch(/^[A-Z][^{}<>]{15,}\.$/);
      expect(`${what} ${advice}`, cause).not.toMatch(/\b(?:OAuth|HTTP|JSON|null|undefined|subcode|API)\b/);
      expect(link ?? 'https://none', cause).toMatch(/^https:\/\/[\w.]+/);
    }
  });

  it('says of an expired token that it cannot be renewed and what is best instead', () => {
    const { advice, link } = faultWords('expired');
    expect(advice).toContain('cannot be renewed');
    expect(advice).toContain('new token');
    expect(advice).toContain('System User token');
    expect(link).toBe('https://business.facebook.com/settings/system-users');
  });

  it('names the permission that Meta names', () => {
    expect(faultWords('missing_permission', fault('missing_permission', '(#200) Requires whatsapp_business_messaging permission')).what).toBe('The token lacks the permission whatsapp_business_messaging.');
    expect(faultWords('missing_permission', fault('missing_permission', '(#10) Application does not have permission')).what).toBe('The token lacks a permission that WhatsApp needs.');
  });

  it('quotes an error nobody knows', () => {
    expect(faultWords('unknown', fault('unknown', 'Strange things', 999)).what).toBe('Meta refused with an error that Evertoken does not know: “Strange things” (999).');
    expect(faultWords('unknown', fault('unknown', 'Strange things')).what).toBe('Meta refused with an error that Evertoken does not know: “Strange things”.');
    expect(faultWords('unknown', fault('unknown', '')).what).toBe('Meta refused with an error that Evertoken does not know.');
    expect(faultWords('expired', fault('expired', 'Session has expired')).what).toBe('The token has expired.');
  });

  it('makes one text of it', () => {
    expect(faultText('network')).toBe('Meta could not be reached. Check the internet connection of this computer. Evertoken tries again by itself.');
    expect(faultText('billing')).toMatch(/ https:\/\/business\.facebook\.com\/\S+$/);
  });
});
