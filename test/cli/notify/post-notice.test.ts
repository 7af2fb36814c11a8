import { expect, test } from 'vitest';
import type { Notice } from '../../../src/cli/notify/notice.js';
import { postNotice, signatureOf } from '../../../src/cli/notify/post-notice.js';
import type { Clock } from '../../../src/core/clock.js';
import { answeringServer } from '../../support/answering.js';

const NOTICE = { campaign: 'sale', exitCode: 0 } as Notice;

/** A clock on which waiting takes no time, and every try so many milliseconds. */
function quickClock(tryMs = 0): Clock & { readonly slept: number[] } {
  let nowMs = 0;
  const slept: number[] = [];
  return {
    slept,
    now: () => nowMs,
    monotonicMs: () => {
      nowMs += tryMs;
      return nowMs;
    },
    sleep: async (ms) => {
      slept.push(ms);
      nowMs += ms;
    },
  };
}

/** A server that answers with one status; counts how often it was asked. */
async function answering(status: number): Promise<{ readonly url: string; readonly asked: () => number }> {
  let asked = 0;
  const url = await answeringServer((request, response) => {
    asked += 1;
    request.resume();
    response.writeHead(status).end();
  });
  return { url, asked: () => asked };
}

test.each([500, 503, 429])(
  'it is tried four times while the answer is %i, longer apart each time',
  async (status) => {
    const { url, asked } = await answering(status);
    const clock = quickClock();
    const posted = await postNotice(NOTICE, { url, secret: null, clock });
    expect(posted).toEqual({ ok: false, detail: `HTTP ${status}` });
    expect(asked()).toBe(4);
    expect(clock.slept).toEqual([300, 900, 2_700]);
  },
);

test.each([302, 400, 404, 410])('what the server says for good is not asked twice: %i', async (status) => {
  const { url, asked } = await answering(status);
  const clock = quickClock();
  expect(await postNotice(NOTICE, { url, secret: null, clock })).toEqual({
    ok: false,
    detail: `HTTP ${status}`,
  });
  expect([asked(), clock.slept]).toEqual([1, []]);
});

test('it is given up before twelve seconds are over', async () => {
  const { url, asked } = await answering(500);
  const clock = quickClock(3_000);
  expect(await postNotice(NOTICE, { url, secret: null, clock })).toMatchObject({ ok: false });
  expect(asked()).toBe(2);
  expect(clock.slept).toEqual([300]);
});

test('where nobody listens it is tried as often', async () => {
  const clock = quickClock();
  const posted = await postNotice(NOTICE, { url: 'http://127.0.0.1:9/hook', secret: null, clock });
  expect(posted).toEqual({ ok: false, detail: 'ECONNREFUSED' });
  expect(clock.slept).toHaveLength(3);
});

test('a signature is of this body, this secret and this second', () => {
  const signature = signatureOf('{"a":1}', 'secret', 1_700_000_000_999);
  expect(signature).toBe('t=1700000000,v1=49f24e537407743fa4a0242bb63b94b9a47ee99cbbe071ccd8a22550ae411686');
});
