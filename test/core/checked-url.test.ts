import { describe, expect, it } from 'vitest';
import { checkedBaseUrl, checkedUrl } from '../../src/core/checked-url.js';

describe('an address', () => {
  it.each([
    ['https://api.plazbot.com', 'https://api.plazbot.com'],
    ['https://example.com/hook/', 'https://example.com/hook/'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://127.8.0.1:1', 'http://127.8.0.1:1'],
    ['http://[::1]:80/x', 'http://[::1]:80/x'],
    ['https://example.com/hook?k=1', 'https://example.com/hook?k=1'],
  ])('%s may be called as %s', (text, url) => {
    expect(checkedUrl(text)).toEqual({ ok: true, value: url });
  });

  it.each([
    ['', 'url.invalid'],
    ['api.plazbot.com', 'url.invalid'],
    ['ftp://example.com', 'url.invalid'],
    ['file:///etc/passwd', 'url.invalid'],
    ['https://example.com/#part', 'url.invalid'],
    ['http://example.com', 'url.plain-http'],
    ['http://127.0.0.1.example.com', 'url.plain-http'],
    ['http://localhost.example.com', 'url.plain-http'],
    ['https://user@example.com', 'url.credentials'],
    ['https://:secret@example.com', 'url.credentials'],
  ])('%j is refused with %s and not repeated', (text, code) => {
    const result = checkedUrl(text);
    expect(result.ok ? [] : result.problems.map((problem) => problem.code)).toEqual([code]);
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it.each(['https://example.com/api?x=1', 'https://example.com/api?'])(
    'of an API has nothing behind its path: %s',
    (text) => {
      expect(checkedBaseUrl(text)).toEqual({ ok: false, problems: [{ code: 'url.query' }] });
    },
  );

  it('of an API ends with its path', () => {
    expect(checkedBaseUrl('https://example.com/api//')).toEqual({
      ok: true,
      value: 'https://example.com/api',
    });
    expect(checkedBaseUrl('nothing').ok).toBe(false);
  });

  it.each(['HTTPS://example.com/api', 'https://EXAMPLE.com/api/', 'https://example.com:443/api'])(
    'of an API has one spelling: %s',
    (text) => {
      expect(checkedBaseUrl(text)).toEqual({ ok: true, value: 'https://example.com/api' });
    },
  );
});
