import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { type Message, MessageReader, statementIn } from './postgres-messages.js';

/** Where a connection is cut: before the database hears of a statement, or after it did it, and before the answer. */
export type StatementCut = 'before' | 'after';

/** A statement on its way to the database. */
export interface Statement {
  /** Of all of this proxy, in order. */
  readonly number: number;
  readonly text: string;
}

/** A line between a machine and its database that can be cut. */
export interface PostgresProxy {
  readonly port: number;
  /** How many statements were cut. */
  readonly cuts: number;
  /** From now on connections lead there. */
  leadTo(port: number): void;
  /** Nothing goes through any more, and nothing is closed; what waits goes on when it is over. */
  partition(isOn: boolean): void;
  close(): Promise<void>;
}

/**
 * Starts a proxy to a database of this machine. `planCut` is asked for each statement, simple or extended; null: it goes
 * through.
 */
export async function startPostgresProxy(
  target: number,
  planCut: (statement: Statement) => StatementCut | null,
): Promise<PostgresProxy> {
  const state = { target, cuts: 0, statements: 0, isParted: false };
  const lines = new Set<Line>();
  const plan = (text: string): StatementCut | null => {
    state.statements += 1;
    const cut = planCut({ number: state.statements, text });
    if (cut !== null) state.cuts += 1;
    return cut;
  };
  const server = createServer({ noDelay: true }, (client) => {
    const line = new Line(client, state.target, plan, () => lines.delete(line));
    lines.add(line);
    if (state.isParted) line.part(true);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return state.cuts;
    },
    leadTo: (port) => {
      state.target = port;
    },
    partition: (isOn) => {
      state.isParted = isOn;
      for (const line of lines) line.part(isOn);
    },
    close: () => closed(server, lines),
  };
}

type Plan = (text: string) => StatementCut | null;

/** One connection: statements are passed on when they are complete, so that none is half heard of. */
class Line {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #plan: Plan;
  readonly #asked = new MessageReader(true);
  #answers: MessageReader | null = null;
  #batch: Message[] = [];
  #isDeaf = false;

  constructor(client: Socket, port: number, plan: Plan, ended: () => void) {
    this.#client = client;
    this.#plan = plan;
    this.#server = connect({ host: '127.0.0.1', port, noDelay: true });
    for (const [one, other] of [
      [this.#client, this.#server],
      [this.#server, this.#client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => {
        other.destroy();
        ended();
      });
    }
    this.#client.on('data', (chunk: Buffer) => {
      for (const message of this.#asked.push(chunk)) this.#take(message);
    });
    this.#server.on('data', (chunk: Buffer) => this.#answer(chunk));
  }

  part(isOn: boolean): void {
    for (const socket of [this.#client, this.#server]) {
      if (isOn) socket.pause();
      else socket.resume();
    }
  }

  end(): void {
    this.#client.destroy();
    this.#server.destroy();
  }

  #take(message: Message): void {
    // Parse, Bind, Describe, Execute, Close: done when Sync comes.
    if ('PBDEC'.includes(message.kind) && message.kind !== '') {
      this.#batch.push(message);
      return;
    }
    const batch = [...this.#batch, message];
    this.#batch = [];
    const text = batch.map(statementIn).find((one) => one !== null);
    const cut = text === undefined || text === null ? null : this.#plan(text);
    if (cut === 'before') {
      this.end();
      return;
    }
    if (cut === 'after') {
      this.#isDeaf = true;
      this.#answers = new MessageReader(false);
    }
    for (const { bytes } of batch) this.#server.write(bytes);
  }

  #answer(chunk: Buffer): void {
    if (!this.#isDeaf) this.#client.write(chunk);
    // Ready for the next: all of it was done.
    else if (this.#answers?.push(chunk).some(({ kind }) => kind === 'Z')) this.end();
  }
}

function closed(server: Server, lines: ReadonlySet<Line>): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    for (const line of lines) line.end();
  });
}
