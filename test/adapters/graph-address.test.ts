import { describe, expect, it } from 'vitest';
import { graphAddress, META_GRAPH_URL } from '../../src-main/adapters/graph-address.ts';

describe('graphAddress', () => {
  it.each([
    [META_GRAPH_URL, 'https://graph.facebook.com', false],
    [' https://graph.facebook.com/ ', 'https://graph.facebook.com', false],
    ['https://proxy.example.com:8443/meta/', 'https://proxy.example.com:8443/meta', false],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', true],
    ['http://127.9.8.7', 'http://127.9.8.7', true],
    ['http://localhost:1/', 'http://localhost:1', true],
    ['http://[::1]:99', 'http://[::1]:99', true],
    ['https://localhost', 'https://localhost', true],
    // The URL standard writes these out in full.
    ['http://127.1:80', 'http://127.0.0.1', true],
  ])('takes %s', (text, url, loopback) => {
    expect(graphAddress(text)).toEqual({ ok: true, url, loopback });
  });

  it.each([
    ['', 'is not a web address'],
    ['graph.facebook.com', 'is not a web address'],
    ['http://graph.facebook.com', 'must begin with https'],
    ['http://127.0.0.1.example.com', 'must begin with https'],
    ['http://localhost.example.com', 'must begin with https'],
    ['http://128.0.0.1', 'must begin with https'],
    ['http://0.0.0.0', 'must begin with https'],
    ['http://[::ffff:127.0.0.1]', 'must begin with https'],
    ['ftp://127.0.0.1', 'must begin with https'],
    ['file:///etc/passwd', 'must begin with https'],
    ['https://user:pass@graph.facebook.com', 'must not hold a user name'],
    ['http://localhost@example.com', 'must not hold a user name'],
    ['https://graph.facebook.com?x=1', 'must not hold a question mark'],
    ['https://graph.facebook.com/?', 'must not hold a question mark'],
    ['https://graph.facebook.com#x', 'must not hold a question mark'],
  ])('refuses %j with a sentence', (text, sentence) => {
    const address = graphAddress(text);
    expect(address.ok).toBe(false);
    expect(address.ok ? '' : address.message).toMatch(new RegExp(`^The Graph address ${sentence}`));
  });
});

describe('a version that was copied along', () => {
  it.each([
    ['https://graph.facebook.com/v26.0', 'https://graph.facebook.com'],
    ['https://graph.facebook.com/v26.0/', 'https://graph.facebook.com'],
    ['http://127.0.0.1:9/meta/v25.0', 'http://127.0.0.1:9/meta'],
    ['http://127.0.0.1:9/v25.0/meta', 'http://127.0.0.1:9/v25.0/meta'],
    ['http://127.0.0.1:9/v2', 'http://127.0.0.1:9/v2'],
  ])('%s → %s', (text, url) => {
    expect(graphAddress(text)).toMatchObject({ ok: true, url });
  });
});
