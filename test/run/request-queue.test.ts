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

/** A queue whose attempts end when they are told to. */
function heldQueue(concurrency: number) {
  const begun: number[] = [];
  const failures: unknown[] = [];
  const sizes: number[] = [];
  const ends = new Map<number, (error?: Error) => void>();
  const queue = new RequestQueue(concurrency, {
    attempt: ({ deliveryId }) => {
      begun.push(deliveryId);
      return new Promise((resolve, reject) => {
        ends.set(deliveryId, (error) => (error === undefined ? resolve() : reject(error)));
      });
    },
    failed: (error) => failures.push(error),
    ended: () => sizes.push(queue.size),
  });
  const end = async (deliveryId: number, error?: Error): Promise<void> => {
    ends.get(deliveryId)?.(error);
    await new Promise(setImmediate);
  };
  return { queue, begun, failures, sizes, end };
}

test('no more are under way than there are places, in the order in which they came', async () => {
  const { queue, begun, end } = heldQueue(2);
  queue.add([1, 2, 3].map(dispatch));
  queue.add([4].map(dispatch));
  expect([begun, queue.size, queue.waiting]).toEqual([[1, 2], 4, 2]);
  await end(2);
  expect([begun, queue.size, queue.waiting]).toEqual([[1, 2, 3], 3, 1]);
  await end(1);
  await end(3);
  expect([begun, queue.size, queue.waiting]).toEqual([[1, 2, 3, 4], 1, 0]);
  queue.add([5, 6].map(dispatch));
  expect([begun, queue.waiting]).toEqual([[1, 2, 3, 4, 5], 1]);
  await end(4);
  await end(5);
  await end(6);
  await queue.idle();
  expect([begun, queue.size]).toEqual([[1, 2, 3, 4, 5, 6], 0]);
});

test('what has no place yet can be taken out, and is not begun', async () => {
  const { queue, begun, end } = heldQueue(2);
  queue.add([1, 2, 3, 4, 5].map(dispatch));
  expect(queue.clear().map(({ deliveryId }) => deliveryId)).toEqual([3, 4, 5]);
  expect([queue.size, queue.waiting]).toEqual([2, 0]);
  expect(queue.clear()).toEqual([]);
  await end(1);
  await end(2);
  await queue.idle();
  expect(begun).toEqual([1, 2]);
});

test('an attempt that fails is told, and the next one has its place', async () => {
  const { queue, begun, failures, sizes, end } = heldQueue(1);
  queue.add([1, 2].map(dispatch));
  await end(1, new Error('a bug'));
  expect([failures, begun, queue.size]).toEqual([[new Error('a bug')], [1, 2], 1]);
  expect(sizes).toEqual([1]);
  await end(2);
  await queue.idle();
});

test('a queue in which nothing ever was is idle', async () => {
  await heldQueue(1).queue.idle();
});
