import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { SandboxAnswer } from './reply.js';

/** Puts an answer on the wire in its manner. A client that has left already is no error. */
export function deliver(response: ServerResponse, { reply, manner }: SandboxAnswer, now: number): void {
  const socket = response.socket;
  if (socket === null || socket.destroyed) return;
  if (manner === 'silence') return;
  if (manner === 'reset' || manner === 'close') {
    drop(socket, manner);
    return;
  }
  // A text, not bytes: headers and body then leave in one write.
  const { body } = reply;
  response.writeHead(reply.status, {
    ...reply.headers,
    date: new Date(now).toUTCString(),
    'content-length': Buffer.byteLength(body),
  });
  if (manner === 'whole') response.end(body);
  else response.write(body.slice(0, Math.ceil(body.length / 2)), () => socket.end());
}

/** Ends a connection without an answer: by a TCP reset, or politely. */
export function drop(socket: Socket, how: 'reset' | 'close'): void {
  if (how === 'reset') socket.resetAndDestroy();
  else socket.end();
}
