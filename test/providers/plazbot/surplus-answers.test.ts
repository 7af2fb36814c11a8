import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../src/core/outcome.js';
import type { PlazbotSender } from '../../../src/providers/plazbot/sender.js';
import { delivery, rawAnswer, SENT, senderTo, tcpServer } from './local-servers.js';

const LANES = 4;
const EACH = 25;

/** The answer to a request, which names its own person. */
function answerTo(request: string): string {
  const phone = /"destination":"(\d+)"/u.exec(request)?.[1] ?? '';
  return rawAnswer(`{"success":true,"data":{"contactId":"c-${phone}"}}`);
}

/** Sends to so many people in lanes, without a pause, as a run does; outcomes by phone. */
async function sendAll(sender: PlazbotSender): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const lane = async (first: number): Promise<void> => {
    for (let index = first; index < first + EACH; index += 1) {
      const phone = String(51_987_650_000 + index);
      outcomes.set(phone, await sender.send(delivery({ phone, attemptId: index })));
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index * EACH)));
  return outcomes;
}

/** Phones of those who got somebody else's answer. */
function mistaken(outcomes: ReadonlyMap<string, Outcome>): readonly string[] {
  return [...outcomes]
    .filter(([phone, outcome]) => outcome.kind === 'accepted' && outcome.contactId !== `c-${phone}`)
    .map(([phone]) => phone);
}

describe('an answer that no request asked for', () => {
  test.each([15, 20, 25, 60, 120])(
    '%i ms late is nobody’s: no one gets the answer of another',
    async (lateMs) => {
      let answered = 0;
      const { url, seen } = await tcpServer((socket, _connection, request) => {
        answered += 1;
        const again = answered % 10 === 3;
        setTimeout(() => socket.write(answerTo(request)), 40);
        if (again) setTimeout(() => socket.write(answerTo(request)), 40 + lateMs);
      });
      const outcomes = await sendAll(senderTo(url));
      expect(mistaken(outcomes)).toEqual([]);
      expect([outcomes.size, seen.requests]).toEqual([LANES * EACH, LANES * EACH]);
      expect([...outcomes.values()].filter(({ kind }) => kind !== 'accepted')).toEqual([]);
    },
  );

  test('in one piece with the one before it ends the connection, and the one before it counts', async () => {
    const { url, seen } = await tcpServer((socket, _connection, request) =>
      socket.write(answerTo(request).repeat(2)),
    );
    const sender = senderTo(url);
    expect(await sender.send(delivery({ phone: '51911111111' }))).toMatchObject({
      contactId: 'c-51911111111',
    });
    expect(await sender.send(delivery({ phone: '51922222222' }))).toMatchObject({
      contactId: 'c-51922222222',
    });
    expect(seen).toMatchObject({ connections: 2, requests: 2 });
  });

  test('at the beginning of a connection shifts nobody after the first', async () => {
    const { url, seen } = await tcpServer(
      (socket, _connection, request) => socket.write(answerTo(request)),
      (socket) => {
        if (seen.connections === 1) socket.write(rawAnswer(SENT.body ?? ''));
      },
    );
    const sender = senderTo(url);
    await sender.send(delivery());
    expect(mistaken(await sendAll(sender))).toEqual([]);
  });
});

/** The whole process stands still: nothing is read meanwhile. */
function heldUp(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('an answer that came while the process was held up', () => {
  test.each([1, 64])('is nobody’s, with %i connections that rest', async (count) => {
    const sockets: Socket[] = [];
    const { url } = await tcpServer((socket, _connection, request) => {
      sockets.push(socket);
      socket.write(answerTo(request));
    });
    const sender = senderTo(url);
    const phones = Array.from({ length: count }, (_, index) => String(51_987_650_000 + index));
    await Promise.all(phones.map((phone, attemptId) => sender.send(delivery({ phone, attemptId }))));
    for (const socket of sockets) socket.write(answerTo('"destination":"51900000000"'));
    heldUp(300);
    const outcomes = await sendAll(sender);
    expect(mistaken(outcomes)).toEqual([]);
    expect([...outcomes.values()].filter(({ kind }) => kind !== 'accepted')).toEqual([]);
  });
});

describe('a refusal', () => {
  const throttled = 'HTTP/1.1 429 Slow\r\ncontent-length: 0\r\n\r\n';

  test.each<[string, number | null]>([
    ['in the same piece', null],
    ['20 ms later', 20],
  ])('that an acceptance follows %s is uncertain: the person may have the message', async (_when, lateMs) => {
    const { url } = await tcpServer((socket, _connection, request) => {
      if (lateMs === null) return void socket.write(throttled + answerTo(request));
      socket.write(throttled);
      setTimeout(() => socket.write(answerTo(request)), lateMs);
      return undefined;
    });
    expect(await senderTo(url).send(delivery())).toMatchObject({
      kind: 'uncertain',
      reason: 'unclear-answer',
      answer: { httpStatus: 429 },
    });
  });

  test('that an acceptance follows while the process is held up is uncertain, too', async () => {
    const { url } = await tcpServer((socket, _connection, request) => {
      socket.write(throttled);
      // Behind the look at the sockets and before that at the timers.
      const afterPoll = (): void => {
        socket.write(answerTo(request));
        heldUp(100);
      };
      setTimeout(() => setImmediate(afterPoll), 20);
    });
    expect(await senderTo(url).send(delivery())).toMatchObject({
      kind: 'uncertain',
      reason: 'unclear-answer',
    });
  });

  test.each<[string, string]>([
    ['announced', 'connection: close\r\n'],
    ['unannounced', ''],
  ])('stays one when the server closes the connection behind it, %s', async (_how, header) => {
    const { url } = await tcpServer((socket) =>
      socket.end(`HTTP/1.1 429 Slow\r\n${header}content-length: 0\r\n\r\n`),
    );
    expect(await senderTo(url).send(delivery())).toMatchObject({ kind: 'deferred', throttled: true });
  });
});

describe('a connection', () => {
  test('rests after an answer, and is used again after that', async () => {
    const { url, seen } = await tcpServer((socket, _connection, request) => socket.write(answerTo(request)));
    const sender = senderTo(url);
    await sender.send(delivery());
    await sender.send(delivery());
    expect(seen).toMatchObject({ connections: 2, requests: 2 });
    await delay(300);
    await sender.send(delivery());
    expect(seen).toMatchObject({ connections: 2, requests: 3 });
  });

  test('does without a rest where as many rest as may: there are never more', async () => {
    const { url, seen } = await tcpServer((socket, _connection, request) => socket.write(answerTo(request)));
    const sender = senderTo(url);
    for (let index = 0; index < 100; index += 1) await sender.send(delivery({ attemptId: index }));
    expect(seen.requests).toBe(100);
    expect(seen.connections).toBeLessThanOrEqual(64);
  });

  test('that the server closed meanwhile costs nothing: the request leaves on another one, once', async () => {
    const { url, seen } = await tcpServer((socket, _connection, request) => {
      socket.write(answerTo(request));
      setTimeout(() => socket.end(), 20);
    });
    const sender = senderTo(url);
    await sender.send(delivery());
    await expect.poll(() => seen.closed).toBe(1);
    await delay(300);
    expect(await sender.send(delivery())).toMatchObject({ kind: 'accepted' });
    expect(seen).toMatchObject({ connections: 2, requests: 2 });
  });
});
