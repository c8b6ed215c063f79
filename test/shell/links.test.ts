import { describe, expect, it } from 'vitest';
import { META_PAGES } from '../../src-main/core/graph/fault-words.ts';
import { isKnownLink, openLink } from '../../src-main/shell/links.ts';

describe('links', () => {
  it('are opened to every page that Evertoken names', () => {
    for (const page of Object.values(META_PAGES)) expect(isKnownLink(page), page).toBe(true);
  });

  it.each([
    'http://business.facebook.com/settings',
    'https://business.facebook.com.evil.example/settings',
    'https://evil.example/business.facebook.com',
    'https://business.facebook.com@evil.example/',
    'https://user:pass@business.facebook.com/',
    'https://business.facebook.com:8443/',
    'https://facebook.com/',
    'https://www.facebook.com/l.php?u=https://evil.example/?t=EAA',
    'https://developers.facebook.com/apps?x=EAA',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app://evertoken/index.html',
    'business.facebook.com',
    '',
  ])('are not opened to %s', async (url) => {
    expect(isKnownLink(url)).toBe(false);
    expect(await openLink(url)).toMatchObject({ ok: false, code: 'link-refused' });
  });
});
