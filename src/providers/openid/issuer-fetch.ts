import { checkedUrl } from '../../core/checked-url.js';

/** More than a provider's keys are. */
const MOST_BYTES = 1_000_000;

/** No answer came from the provider of identities. */
export class IssuerUnreached extends Error {}

/** An answer that is not read to its end, or an address that is not called. */
export class IssuerRefused extends Error {}

/** A request to the provider, as `openid-client` makes them; its own time limit stands in `signal`. */
export async function issuerFetch(url: string, init: RequestInit): Promise<Response> {
  if (!checkedUrl(url).ok) throw new IssuerRefused('the provider names an address that is not called');
  try {
    const answer = await fetch(url, { ...init, redirect: 'manual' });
    const bytes = await readBounded(answer);
    const { status, headers } = answer;
    return new Response(bytes.length === 0 ? null : bytes, { status, headers });
  } catch (error) {
    if (error instanceof IssuerRefused) throw error;
    throw new IssuerUnreached('the provider does not answer', { cause: error });
  }
}

async function readBounded({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new IssuerRefused('an answer without end');
    pieces.push(piece);
  }
  return Uint8Array.from(Buffer.concat(pieces));
}
