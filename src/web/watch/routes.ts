import type { IncomingMessage } from 'node:http';
import type { Hono } from 'hono';
import { matchedRoutes } from 'hono/route';
import { mayScrape } from './may-scrape.js';
import type { Watch } from './watch.js';

/** Answers to whoever watches the server, which needs no login; and tells what other requests fit. To be mounted first. */
export function mountWatch<Env extends { Bindings: { incoming: IncomingMessage } }>(
  app: Hono<Env>,
  watch: Watch,
  behindProxy: boolean,
): void {
  const { traffic, pulse, site } = watch;
  app.use(async (c, next) => {
    // What fits nothing is met by what stands before all routes.
    const pattern = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path;
    traffic.routed(c.env.incoming, pattern ?? 'none');
    return next();
  });
  app.get('/healthz', async (c) => ((await pulse.answers()) ? c.text('ok\n') : c.text('ledger\n', 503)));
  app.get('/metrics', async (c) => {
    const { socket, headers } = c.env.incoming;
    if (!mayScrape({ peer: socket.remoteAddress, headers, behindProxy }, site.metricsToken))
      return c.text('token\n', 401, { 'WWW-Authenticate': 'Bearer' });
    const { type, text } = await watch.metrics();
    return c.body(text, 200, { 'Content-Type': type });
  });
}
