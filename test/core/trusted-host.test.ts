import { describe, expect, test } from 'vitest';
import { type Destination, isTrusted } from '../../src/core/trusted-host.js';

const OTHER: Destination = { host: 'api.example.com', namedBy: 'campaign', credentials: ['environment'] };

describe('a host that credentials may go to without a word', () => {
  test.each([
    'api.plazbot.com',
    'apieu.plazbot.com',
    'api.platica.mx',
    'app.chatbotx.io',
    'localhost',
    'localhost:4010',
    '127.0.0.1:4010',
    '127.9.9.9',
    '[::1]:80',
  ])('is %s, whoever named it', (host) => {
    expect(isTrusted({ ...OTHER, host })).toBe(true);
    expect(isTrusted({ ...OTHER, host, namedBy: '.env' })).toBe(true);
  });

  test.each(['environment', '.env', 'option'] as const)(
    'is one that %s named together with them',
    (source) => {
      expect(isTrusted({ ...OTHER, namedBy: source, credentials: [source, source] })).toBe(true);
    },
  );
});

describe('a host that needs a word', () => {
  test.each([
    'evil.plazbot.com',
    'api.plazbot.com.evil.example',
    'api.plazbot.com:8443',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
  ])('is %s of a campaign file', (host) => {
    expect(isTrusted({ ...OTHER, host })).toBe(false);
  });

  test('is one that .env named for a credential of the environment, or for one of two', () => {
    expect(isTrusted({ ...OTHER, namedBy: '.env' })).toBe(false);
    expect(isTrusted({ ...OTHER, namedBy: '.env', credentials: ['.env', 'environment'] })).toBe(false);
    expect(isTrusted({ ...OTHER, namedBy: 'option' })).toBe(false);
  });
});
