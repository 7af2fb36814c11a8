import { createServer } from 'node:http';

/** The leanest Plazbot there can be, in a process of its own: takes any POST, answers as documented. */
const ANSWER = JSON.stringify({
  success: true,
  message: 'Conversation sent successfully.',
  code: 200,
  data: { contactId: 'contact-1' },
});

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.length });
    response.end(ANSWER);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.(address.port);
});
process.on('disconnect', () => process.exit());
