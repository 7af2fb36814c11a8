import { type Incoming, logged, type SandboxContext } from './context.js';
import type { SandboxAnswer, SandboxReply } from './reply.js';

/** Answers a list request, unless a fault of the lists strikes. */
export async function answerList(
  context: SandboxContext,
  incoming: Incoming,
  page: () => SandboxReply,
): Promise<SandboxAnswer> {
  const fault = context.chooseFault({ phase: 'list', destination: '', template: '' });
  if (fault === null) return logged(context, incoming, { reply: page(), manner: 'whole' });
  const reply = fault.effect.reply?.(context.now()) ?? page();
  const answer = { reply, manner: fault.effect.manner };
  await context.pause(fault.effect.delayMs);
  return logged(context, incoming, answer, fault.name);
}
