import { createServer } from 'node:http';

/** A Plazbot that takes so many POSTs in any second and answers the others with 429, in a process of its own. */
const PER_SECOND = Number(process.argv[2]);
const ACCEPTED = JSON.stringify({ success: true, code: 200, data: { contactId: 'contact-1' } });
const THROTTLED = JSON.stringify({
  success: false,
  code: 429,
  errorCode: null,
  message: 'Too many requests.',
});

/** What the server knows when it is asked: the oracle of the benchmark. */
export interface LimitedServerReport {
  readonly accepted: number;
  readonly people: number;
  readonly throttled: number;
}

const recent: number[] = [];
const people = new Set<string>();
let accepted = 0;
let throttled = 0;

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    const now = performance.now();
    while (recent[0] !== undefined && recent[0] <= now - 1_000) recent.shift();
    const full = recent.length >= PER_SECOND;
    if (full) throttled += 1;
    else {
      recent.push(now);
      accepted += 1;
      people.add((JSON.parse(body) as { destination: string }).destination);
    }
    response.writeHead(full ? 429 : 200, { 'content-type': 'application/json' });
    response.end(full ? THROTTLED : ACCEPTED);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.(address.port);
});
process.on('message', () =>
  process.send?.({ accepted, people: people.size, throttled } satisfies LimitedServerReport),
);
process.on('disconnect', () => process.exit());
