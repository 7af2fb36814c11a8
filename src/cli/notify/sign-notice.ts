import { createHmac } from 'node:crypto';

/**
 * What tells that a notice comes from whoever has the secret: `t=…,v1=…`, the moment in seconds and the HMAC-SHA256 of moment,
 * dot and body. With the moment in it, an old notice cannot be sent once more as a new one.
 */
export function signatureOf(body: string, secret: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${digest}`;
}
