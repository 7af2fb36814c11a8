import { expect, test } from 'vitest';
import type { Dispatch } from '../../src/core/delivery.js';
import { RequestQueue } from '../../src/run/request-queue.js';

function dispatch(deliveryId: number): Dispatch {
  const text = {
    phone: '51900000001',
    person: '51900000001',
    country: 'PE',
    bodyJson: '[]',
    headerJson: '[]',
  };
  return {
    deliveryId,
    attemptId: deliveryId,
    ...text,
    attachmentJson: null,
    transientRefusals: 0,
    deferrals: 0,
  };
}

test('what has no place yet can be taken out, and is not begun', async () => {
  const queue = new RequestQueue(2);
  const begun: number[] = [];
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  for (const one of [1, 2, 3, 4, 5].map(dispatch)) {
    void queue.add(one, async () => {
      begun.push(one.deliveryId);
      await ended;
    });
  }
  expect([queue.size, queue.waiting]).toEqual([5, 3]);
  expect(queue.clear().map(({ deliveryId }) => deliveryId)).toEqual([3, 4, 5]);
  expect([queue.size, queue.waiting]).toEqual([2, 0]);
  expect(queue.clear()).toEqual([]);
  end();
  await queue.idle();
  expect(begun).toEqual([1, 2]);
});

test('an attempt that fails is told to who added it', async () => {
  const queue = new RequestQueue(1);
  await expect(queue.add(dispatch(1), () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
});
