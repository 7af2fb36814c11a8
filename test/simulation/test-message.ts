import { beginTestSend, endTestSend } from '../support/on-sqlite.js';
import { TEMPLATE, WORKSPACE } from './names.js';
import { requestOf } from './requests.js';
import type { World } from './world.js';

/** The operator's own phone. */
const OWN_PHONE = '51999999999';

/** A message of type individual outside of any campaign, whose values and type make it a control of its own. */
interface TestMessage {
  readonly phone: string;
  readonly value: string;
}

/** `plazcast test` to oneself: a control. Nothing befalls it. */
export async function sendTest(world: World): Promise<void> {
  const answered = beginTest(world, { phone: OWN_PHONE, value: 'person 0' }, { spared: true, ends: true });
  await world.time.runUntil(answered, 1_000);
}

/**
 * Begins a `plazcast test` beside everything else. Returns whether it is over.
 *
 * @param fate `ends`: false, the terminal is closed before the answer comes
 */
export function beginTest(
  world: World,
  { phone, value }: TestMessage,
  fate: { readonly spared: boolean; readonly ends: boolean },
): () => boolean {
  const { time } = world;
  const values = { body: [{ variable: '1', value }], header: [], press: null };
  const test = { workspace: WORKSPACE, campaign: 'one', template: TEMPLATE, phone, person: phone, ...values };
  const bodyJson = JSON.stringify(values.body);
  const id = Number(beginTestSend(world.db, test, time.clock.now()));
  const request = requestOf({ type: 'individual', campaignName: null }, null, {
    phone,
    bodyJson,
    headerJson: '[]',
    attachmentJson: null,
  });
  let over = false;
  const record = world.log.test(phone, request.body);
  void world.provider.post({ ...request, test: record }, fate.spared).then((outcome) => {
    const end = (): void => {
      // The other terminal waits for a process that imports.
      if (world.db.inTransaction) time.later(500, end);
      else {
        record.answered = fate.ends && outcome.kind !== 'uncertain';
        if (fate.ends) endTestSend(world.db, id, outcome.kind, outcome.answer, time.clock.now());
        over = true;
      }
    };
    end();
  });
  return () => over;
}
