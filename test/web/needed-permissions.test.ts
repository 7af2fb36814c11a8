import { describe, expect, it } from 'vitest';
import { NeededPermissions } from '../../src/web/needed-permissions.js';
import { SCREENS } from '../../src/web/screens/index.js';

const needed = new NeededPermissions(SCREENS.flatMap(({ routes }) => routes));

describe('what a page or a form asks of its reader', () => {
  it.each([
    ['GET', '/', 'see'],
    ['GET', '/new', 'prepare'],
    ['POST', '/campaigns/sale/message', 'prepare'],
    ['POST', '/campaigns/sale%20a/send?x=1#go', 'send'],
    ['POST', '/campaigns/sale/send/test', 'test'],
    ['POST', '/campaigns/sale/live/pause', 'operate'],
    ['POST', '/campaigns/sale/live/allow', 'send'],
    ['POST', '/campaigns/sale/people/retry', 'operate'],
    ['POST', '/campaigns/sale/people/person/51987654321', 'operate'],
    ['POST', '/workspace/no-contact/add', 'operate'],
    ['GET', '/workspace/backup', 'administer'],
  ] as const)('%s %s: %s', (method, address, permission) => {
    expect(needed.of(method, address)).toBe(permission);
  });

  it.each(['/nowhere', '/campaigns/sale/list/change/phone/more', '/campaigns//message'])(
    'nothing answers to %s',
    (address) => {
      expect(needed.of('POST', address)).toBeNull();
    },
  );

  it('no form is open to who only looks, but for two that change nothing', () => {
    const open = SCREENS.flatMap(({ routes }) => routes)
      .filter(({ method, permission }) => method === 'POST' && permission === 'see')
      .map(({ path }) => path);
    expect(open).toEqual(['/workspace/no-contact/look-up', '/workspace/connection']);
  });
});
