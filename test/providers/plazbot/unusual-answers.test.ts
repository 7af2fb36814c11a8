import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { answering, delivery, rawAnswer, SENT, senderTo, tcpServer } from './local-servers.js';

const BODY = SENT.body ?? '';
const ACCEPTED = { kind: 'accepted', contactId: 'c-1' };
const UNCERTAIN = { kind: 'uncertain' };
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n';

/** What becomes of a send that is answered with these bytes, piece by piece. */
async function outcomeOfPieces(...pieces: readonly (string | Buffer)[]) {
  const { url } = await tcpServer(async (socket) => {
    for (const piece of pieces) {
      socket.write(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  return senderTo(url).send(delivery());
}

describe('an answer behind interim ones is read:', () => {
  test.each<[string, string]>([
    ['100', CONTINUE],
    ['103', HINTS],
    ['100 with fields', 'HTTP/1.1 100 Continue\r\nserver: x\r\n\r\n'],
    ['100 of HTTP/1.0', 'HTTP/1.0 100 Continue\r\n\r\n'],
    ['several', `${CONTINUE}${HINTS}HTTP/1.1 102 Processing\r\n\r\n${CONTINUE}`],
  ])('%s', async (_what, interim) => {
    const whole = interim + rawAnswer(BODY);
    expect(await outcomeOfPieces(whole)).toMatchObject(ACCEPTED);
    expect(await outcomeOfPieces(...whole)).toMatchObject(ACCEPTED);
    expect(await outcomeOfPieces(interim, rawAnswer(BODY))).toMatchObject(ACCEPTED);
  });

  test('on a connection that is used again', async () => {
    const { url } = await tcpServer((socket) => socket.write(CONTINUE + rawAnswer(BODY)));
    const sender = senderTo(url);
    for (let index = 0; index < 70; index += 1) {
      expect(await sender.send(delivery({ attemptId: index }))).toMatchObject(ACCEPTED);
    }
  });

  test.each([
    'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n',
    'HTTP/1.1 1',
  ])('but not one after which there is no answer: %j', async (bytes) => {
    const { url } = await tcpServer((socket) => socket.end(bytes));
    expect(await senderTo(url).send(delivery())).toMatchObject(UNCERTAIN);
  });

  test('and what looks like one inside a body is a part of the body', async () => {
    const body = `{"success":true,"data":{"contactId":"${CONTINUE.trim()}"}}`;
    const [head = '', rest = ''] = rawAnswer(body).split('HTTP/1.1 100');
    expect(rest).not.toBe('');
    expect(await outcomeOfPieces(head, `HTTP/1.1 100${rest}`)).toMatchObject({ kind: 'accepted' });
  });
});

describe('an encoded answer is read although nobody asked for it:', () => {
  test.each<[string, Buffer]>([
    ['gzip', gzipSync(BODY)],
    ['GZIP', gzipSync(BODY)],
    ['x-gzip', gzipSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['deflate', deflateRawSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['zstd', zstdCompressSync(BODY)],
    ['identity', Buffer.from(BODY)],
    ['deflate, gzip', gzipSync(deflateSync(BODY))],
    // A proxy decoded it and left the header.
    ['gzip', Buffer.from(BODY)],
    ['x-own', Buffer.from(BODY)],
  ])('%s', async (encoding, bytes) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
    expect(await outcomeOfPieces(head, bytes)).toMatchObject(ACCEPTED);
  });

  test.each<[string, string, Buffer]>([
    ['in an encoding that nobody knows', 'x-own', gzipSync(BODY)],
    ['that is damaged', 'gzip', gzipSync(BODY).reverse()],
    ['that is cut off', 'gzip', gzipSync(BODY).subarray(0, 40)],
    ['that is encoded four times', 'gzip, gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(gzipSync(BODY))))],
    ['that grows without end', 'gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '))],
  ])('and one %s is uncertain', async (_what, encoding, bytes) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-encoding: ${encoding}\r\ncontent-length: ${bytes.length}\r\n\r\n`;
    expect(await outcomeOfPieces(head, bytes)).toMatchObject(UNCERTAIN);
  });
});

describe('a byte order mark before the JSON changes nothing:', () => {
  test('a success is accepted', async () => {
    expect(await outcomeOfPieces(rawAnswer(`\uFEFF${BODY}`))).toMatchObject(ACCEPTED);
  });

  test('a refusal is refused', async () => {
    const body = '\uFEFF{"success":false,"message":"(#131026) Message undeliverable"}';
    const { url } = await answering({ status: 400, body });
    expect(await senderTo(url).send(delivery())).toMatchObject({
      kind: 'refused',
      reason: 'not-on-whatsapp',
    });
  });
});

describe('an answer that does not end', () => {
  /** Writes the same again and again until the connection is gone. */
  function drip(socket: Socket, piece: string): void {
    const timer = setInterval(() => socket.write(piece), 20);
    socket.on('close', () => clearInterval(timer));
  }

  test.each<[string, (socket: Socket) => void]>([
    [
      'body by body byte',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n');
        drip(socket, ' ');
      },
    ],
    [
      'chunk by chunk',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
        drip(socket, '1\r\n \r\n');
      },
    ],
    [
      'header by header',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        drip(socket, 'x: y\r\n');
      },
    ],
    ['interim by interim answer', (socket) => drip(socket, HINTS)],
    ['continue by continue', (socket) => drip(socket, CONTINUE)],
    [
      'by an interim answer without an end',
      (socket) => {
        socket.write('HTTP/1.1 103 Early Hints\r\n');
        drip(socket, 'link: </a>\r\n');
      },
    ],
  ])('%s is uncertain, and ends its connection', async (_how, answer) => {
    const { url, seen } = await tcpServer(answer);
    expect(await senderTo(url, { timeoutMs: 50 }).send(delivery())).toMatchObject({
      kind: 'uncertain',
      reason: 'no-answer',
      answer: { errorMessage: expect.stringMatching(/ANSWER_NOT_WHOLE|TIMEOUT/u) },
    });
    await expect.poll(() => seen.closed).toBe(1);
  });
});
