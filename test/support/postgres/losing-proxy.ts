import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Where the next commit's connection is lost: before the server hears of it, or before its answer is heard. */
export type Loss = 'before' | 'answer';

/** A proxy before a server of PostgreSQL that loses a connection when it is told to. */
export interface LosingProxy {
  /** The same database through it. */
  readonly address: string;
  /**
   * The next commit meets this.
   *
   * @param behind words of a statement: the next commit of one that has them
   * @param onLost called right before the connection is lost
   */
  lose(loss: Loss, behind?: string, onLost?: () => void): void;
  /** Nothing gets through any more, in either direction, and nothing is closed. */
  cutOff(): void;
  /** All connections are lost, and so many of the next ones as soon as they are made; left out: all of them. */
  goAway(next?: number): void;
}

const COMMIT = Buffer.from('COMMIT\0');

/** Starts one; it ends with the test. */
export async function losingProxy(address: string): Promise<LosingProxy> {
  const through = new URL(address);
  const to = { host: through.hostname, port: Number(through.port) };
  const sockets = new Set<Socket>();
  let loss: Loss | null = null;
  let wanted = '';
  let lost: () => void = () => undefined;
  let isCutOff = false;
  let stillAway = 0;
  const server = createServer((client) => {
    stillAway -= 1;
    if (stillAway >= 0) return void client.destroy();
    const upstream = connect(to);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    let isLosing = false;
    let isBehind = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    const lose = (): void => {
      lost();
      end();
    };
    client.on('data', (chunk) => {
      if (isCutOff) return;
      isBehind ||= chunk.includes(wanted);
      if (loss !== null && isBehind && chunk.includes(COMMIT)) {
        const met = loss;
        loss = null;
        if (met === 'before') return lose();
        isLosing = true;
      }
      if (chunk.includes(COMMIT)) isBehind = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (isCutOff) return;
      // The server has answered, so it has committed.
      if (isLosing) lose();
      else client.write(chunk);
    });
    for (const socket of [client, upstream]) socket.on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const loseAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    loseAll();
    server.close();
  });
  through.port = String((server.address() as AddressInfo).port);
  return {
    address: through.href,
    lose: (met, behind = '', onLost = () => undefined) => {
      loss = met;
      wanted = behind;
      lost = onLost;
    },
    cutOff: () => {
      isCutOff = true;
    },
    goAway: (next = Number.POSITIVE_INFINITY) => {
      stillAway = next;
      loseAll();
    },
  };
}
