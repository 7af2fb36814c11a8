import { expect, test } from 'vitest';
import { NEVER_LEFT } from '../../../src/core/outcome.js';
import { answering, delivery, rawAnswer, SENT, senderTo, tcpServer } from './local-servers.js';

test('who may not leave any more when the connection is there is not sent to, and says so', async () => {
  const { url, requests } = await answering();
  const sender = senderTo(url);
  const asked: number[] = [];
  const outcome = await sender.send(delivery(), ({ attemptId }) => {
    asked.push(attemptId);
    return false;
  });
  expect(outcome).toBe(NEVER_LEFT);
  expect(asked).toEqual([delivery().attemptId]);
  expect(await sender.send(delivery(), () => true)).toMatchObject({ kind: 'accepted' });
  expect(requests).toHaveLength(1);
});

test('not a byte of it reaches a socket, a new one or one that was used before', async () => {
  const bytes: number[] = [];
  const { url, seen } = await tcpServer(
    (socket) => void socket.write(rawAnswer(SENT.body ?? '')),
    (socket) => void socket.on('data', (chunk: Buffer) => bytes.push(chunk.length)),
  );
  const sender = senderTo(url);
  await sender.send(delivery(), () => false);
  await expect.poll(() => seen.closed).toBe(1);
  expect([bytes, seen.requests]).toEqual([[], 0]);
  await sender.send(delivery(), () => true);
  const before = bytes.length;
  await sender.send(delivery(), () => false);
  await expect.poll(() => seen.closed).toBe(2);
  expect([bytes.length, seen.requests]).toEqual([before, 1]);
});
