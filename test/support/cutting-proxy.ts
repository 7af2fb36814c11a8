import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Where and how a connection is cut. Bytes are counted per connection and direction, from its beginning. */
export interface Cut {
  readonly side: 'request' | 'response';
  /**
   * So many bytes of that side go through, then it is cut; 0: it is cut when that side's first byte shows.
   */
  readonly afterByte: number;
  /**
   * What the client sees; the server always sees the connection end politely after the bytes it got. `stall`:
   * nothing more goes through in either direction, and nothing is closed.
   */
  readonly how: 'reset' | 'close' | 'stall';
}

/** What went through one connection, and how it was cut. */
interface ProxiedConnection {
  requestBytes: number;
  responseBytes: number;
  cut: Cut | null;
}

/** A TCP proxy between a client and a server on this machine. */
export interface CuttingProxy {
  /** `http://` address that leads to the server. */
  readonly url: string;
  readonly port: number;
  /** Every connection so far, in the order in which they were opened. */
  readonly connections: readonly ProxiedConnection[];
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts a proxy to `target` (an `http://` address). `planCut` is asked once for each new connection, counted
 * from 0: null lets it through whole. The bytes before the cut are handed to the other side before the
 * connection ends, so with a cut of the response after byte 0 the server has received, and executed, the
 * whole request.
 */
export async function startCuttingProxy(
  target: string,
  planCut: (connection: number) => Cut | null,
): Promise<CuttingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const connections: ProxiedConnection[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const record: ProxiedConnection = { requestBytes: 0, responseBytes: 0, cut: null };
    const cut = planCut(connections.push(record) - 1);
    const upstream = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    join(client, upstream, cut, record);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    connections,
    close: () => closeAll(server, sockets),
  };
}

function join(client: Socket, upstream: Socket, cut: Cut | null, record: ProxiedConnection): void {
  const end = (): void => {
    record.cut = cut;
    if (cut !== null) endBoth(client, upstream, cut.how);
  };
  forward(client, upstream, cut?.side === 'request' ? cut.afterByte : null, end, (bytes) => {
    record.requestBytes += bytes;
  });
  forward(upstream, client, cut?.side === 'response' ? cut.afterByte : null, end, (bytes) => {
    record.responseBytes += bytes;
  });
}

/** Passes bytes on, and ends the connection once `limit` of them have passed; null: never. */
function forward(
  from: Socket,
  to: Socket,
  limit: number | null,
  end: () => void,
  count: (bytes: number) => void,
): void {
  let passed = 0;
  let over = false;
  from.on('data', (chunk: Buffer) => {
    if (over || to.destroyed || to.writableEnded) return;
    const part = limit === null ? chunk : chunk.subarray(0, limit - passed);
    passed += part.length;
    count(part.length);
    over = passed === limit;
    // Ended only when the kernel has the bytes: a reset throws away what still waits here.
    if (over) to.write(part, end);
    else if (!to.write(part)) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  from.on('end', () => {
    if (!over) to.end();
  });
  from.on('close', (hadError) => {
    if (!over && hadError && !to.destroyed) to.resetAndDestroy();
  });
}

function endBoth(client: Socket, upstream: Socket, how: Cut['how']): void {
  if (how === 'stall') {
    client.pause();
    upstream.pause();
    return;
  }
  upstream.end();
  if (how === 'reset') client.resetAndDestroy();
  else client.end();
}

function closeAll(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}
