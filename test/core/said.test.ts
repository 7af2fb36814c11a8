import { describe, expect, it } from 'vitest';
import { bareMessage, connectionEnd, isSettled, saidBy, saidText } from '../../src/core/said.js';

describe('what was said', () => {
  it('has its code once', () => {
    expect(saidText('131026', '(#131026) Message undeliverable')).toBe('131026: Message undeliverable');
    expect(saidText(null, '(#131026) Message undeliverable')).toBe('(#131026) Message undeliverable');
  });

  it('may lack a part, or be nothing', () => {
    expect(saidText('131026', null)).toBe('131026');
    expect(saidText('131026', '(#131026)')).toBe('131026');
    expect(saidText(null, null)).toBe('');
    expect(bareMessage(null, null)).toBeNull();
  });

  it('is of the provider only where an answer came back', () => {
    expect(saidBy('no-answer')).toBe('connection');
    expect(saidBy('unclear-answer')).toBe('provider');
  });

  it('is over once evidence came after it', () => {
    expect([isSettled('absent'), isSettled('declared-absent'), isSettled('no-answer')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('tells of a connection how it ended, for who reads no codes', () => {
    expect(connectionEnd('ECONNRESET: read ECONNRESET')).toBe('broke');
    expect(connectionEnd('UND_ERR_SOCKET: other side closed')).toBe('broke');
    expect(connectionEnd('UND_ERR_HEADERS_TIMEOUT: Headers Timeout Error')).toBe('silent');
    expect(connectionEnd('ETIMEDOUT: ')).toBe('silent');
    expect(connectionEnd('HPE_INVALID_CONSTANT: Expected HTTP/')).toBe('failed');
    expect(connectionEnd(null)).toBe('failed');
  });
});
