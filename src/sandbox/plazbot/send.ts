import { fingerprint } from '../chance.js';
import { type Handler, type Incoming, logged, type SandboxContext } from '../context.js';
import type { ChosenFault } from '../faults/chooser.js';
import { NO_FAULT } from '../faults/fault.js';
import type { Execution, LogEntry } from '../log/records.js';
import { type SandboxAnswer, whole } from '../reply.js';
import { refusedAccess, workspaceOf } from './access.js';
import { errorReply, problemReply, sentReply } from './answers.js';
import { readSend, type SendApi, type SendRequest } from './send-request.js';

/** `POST /api/message/conversation` (classic) or `POST /api/conversation` (current). */
export function sendHandler(api: SendApi): Handler {
  return async (context, incoming) => {
    const denied = refusedAccess(context, incoming);
    if (denied !== null) return logged(context, incoming, whole(denied));
    if (!/^application\/json\b/u.test(incoming.headers['content-type'] ?? '')) {
      return logged(context, incoming, whole(problemReply(415, 'Unsupported Media Type')));
    }
    const waitMs = context.sendGate?.(context.monotonicMs()) ?? 0;
    if (waitMs > 0) {
      const wait = { 'retry-after': String(Math.ceil(waitMs / 1_000)) };
      const reply = errorReply(429, 'TOO_MANY_REQUESTS', 'Too many requests.', wait);
      return logged(context, incoming, whole(reply));
    }
    const read = readSend(api, incoming.body, workspaceOf(incoming), context.settings);
    if (!read.ok) return logged(context, incoming, whole(read.reply));
    return execute(context, incoming, read.request);
  };
}

async function execute(
  context: SandboxContext,
  incoming: Incoming,
  request: SendRequest,
): Promise<SandboxAnswer> {
  const { destination, template } = request;
  const fault = context.chooseFault({ phase: 'send', destination, template });
  const effect = fault?.effect ?? NO_FAULT;
  const contactId = contactIdOf(request);
  const reply = effect.reply?.(context.now()) ?? sentReply(contactId);
  const answer = { reply, manner: effect.manner };
  const entry = (): LogEntry['execution'] => ({
    record: executionOf(request, incoming.body, contactId, context.now()),
    listing: effect.listing,
  });
  const execution = effect.execute === 'now' ? entry() : null;
  await context.log.record({ request: requestOf(incoming, destination, answer, fault), execution });
  if (effect.execute === 'after-client-left') {
    await incoming.clientLeft();
    await context.log.record({ request: null, execution: entry() });
  }
  await context.pause(effect.delayMs);
  return answer;
}

function requestOf(
  incoming: Incoming,
  destination: string,
  answer: SandboxAnswer,
  fault: ChosenFault | null,
) {
  const answered = answer.manner === 'whole' || answer.manner === 'truncated';
  const { at, method, path } = incoming;
  return {
    at,
    method,
    path,
    destination,
    status: answered ? answer.reply.status : null,
    fault: fault?.name ?? null,
  };
}

function executionOf(request: SendRequest, requestBody: string, contactId: string, at: number): Execution {
  const { workspace, api, template, destination, type, campaignName, body, header } = request;
  const variables = JSON.stringify({ body, header });
  return { at, workspace, api, template, destination, type, campaignName, variables, contactId, requestBody };
}

/** The same person has the same contact id in a workspace, as on the real platform. */
function contactIdOf({ workspace, destination }: SendRequest): string {
  return `contact-${fingerprint(workspace, destination)}`;
}
