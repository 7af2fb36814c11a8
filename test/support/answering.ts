import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Starts a server for one test that answers as `answer` says. Who asks for its templates gets `templates`, or hears that it has
 * none to tell, and is not counted. Returns its address.
 */
export async function answeringServer(
  answer: (request: IncomingMessage, response: ServerResponse, number: number) => void,
  templates?: unknown,
): Promise<string> {
  let number = 0;
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/template/actives')) {
      if (templates === undefined) response.writeHead(404).end();
      else answerJson(response, templates);
      return;
    }
    number += 1;
    answer(request, response, number);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
