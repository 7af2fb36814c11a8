import type { PlannedCampaign, Standing, StandingQuestion } from '../../core/ledger/imports.js';
import type { ImportLook } from '../../core/ledger/ledger.js';
import { PlannedMessages } from '../../core/planned-messages.js';
import type { Problem } from '../../core/problem.js';
import type { Recipient, RowVerdict } from '../../core/recipient.js';
import { SeenPeople } from '../../core/seen-people.js';
import { knownFingerprint } from '../sql/fingerprint.js';
import { sameNameWarnings } from '../sql/repeated-messages.js';
import { DELIVERIES, GoneFromFile, standingBy } from '../sql/standings.js';
import type { Sql } from './database.js';
import { RepeatedMessages } from './repeated-messages.js';
import { factsAbout, type LookQuestion } from './standing-facts.js';
import { takeSteps } from './store.js';

/** What the ledger says of a file that it has not imported. */
export async function lookAtFile(
  sql: Sql,
  question: StandingQuestion,
  campaign: PlannedCampaign,
): Promise<ImportLook> {
  const { campaignId } = question;
  const control = await sql.row<{ control: string }>('SELECT control FROM campaigns WHERE id = @campaignId', {
    campaignId,
  });
  const known = await sql.row<{ count: number }>(DELIVERIES, { campaignId });
  return new FileLook(sql, {
    ...question,
    canceled: control?.control === 'canceled',
    gone: new GoneFromFile(known?.count ?? 0),
    planned: new PlannedMessages(question.limit),
    fingerprint: await takeSteps(sql, knownFingerprint()),
    sameName: await takeSteps(sql, sameNameWarnings(campaign)),
    repeated: new RepeatedMessages(sql, campaign, question.at),
  });
}

interface Look extends LookQuestion {
  readonly sameName: readonly Problem[];
  readonly repeated: RepeatedMessages;
}

class FileLook implements ImportLook {
  readonly #sql: Sql;
  readonly #look: Look;
  readonly #seen = new SeenPeople();

  constructor(sql: Sql, look: Look) {
    this.#sql = sql;
    this.#look = look;
  }

  async standings(verdicts: readonly RowVerdict[]): Promise<readonly (Standing | null)[]> {
    const repeated = verdicts.map((verdict) => this.#firstLineOf(verdict));
    const asked = verdicts.flatMap((verdict, index) =>
      verdict.kind === 'recipient' && repeated[index] === null ? [verdict.recipient] : [],
    );
    const facts = await factsAbout(this.#sql, this.#look, asked);
    return verdicts.map((verdict, index) => {
      if (verdict.kind === 'rejection') return null;
      const firstLine = repeated[index] ?? null;
      return firstLine === null ? standingBy(facts, verdict.recipient) : { kind: 'duplicate', firstLine };
    });
  }

  planned(recipients: readonly Recipient[]): Promise<void> {
    return this.#look.repeated.add(recipients);
  }

  warnings(): readonly Problem[] {
    return [...this.#look.sameName, ...this.#look.repeated.warnings(), ...this.#look.gone.warnings()];
  }

  #firstLineOf(verdict: RowVerdict): number | null {
    if (verdict.kind === 'rejection') return null;
    const { person, key, line } = verdict.recipient;
    return this.#seen.meet(person, key, line);
  }
}
