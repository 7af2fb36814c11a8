import type { PlannedCampaign, Standing, StandingQuestion } from '../../core/ledger/imports.js';
import type { ImportLook } from '../../core/ledger/ledger.js';
import type { Problem } from '../../core/problem.js';
import type { Recipient, RowVerdict } from '../../core/recipient.js';
import { SeenPeople } from '../../core/seen-people.js';
import { sameNameWarnings } from '../sql/repeated-messages.js';
import { DELIVERIES, GoneFromFile } from '../sql/standings.js';
import type { LedgerDatabase } from './open-ledger.js';
import { RepeatedMessages } from './repeated-messages.js';
import { standingsOf } from './standings.js';
import { takeSteps } from './store.js';

/** What the ledger says of a file that it has not imported. */
export class FileLook implements ImportLook {
  readonly #standings: ReturnType<typeof standingsOf>;
  readonly #repeated: RepeatedMessages;
  readonly #sameName: readonly Problem[];
  readonly #gone: GoneFromFile;

  constructor(db: LedgerDatabase, question: StandingQuestion, campaign: PlannedCampaign) {
    const { campaignId } = question;
    this.#gone = new GoneFromFile(Number(db.prepare(DELIVERIES).pluck().get({ campaignId })));
    this.#standings = standingsOf(db, question, new SeenPeople(), this.#gone);
    this.#repeated = new RepeatedMessages(db, campaign, question.at);
    this.#sameName = takeSteps(db, sameNameWarnings(campaign));
  }

  standings(verdicts: readonly RowVerdict[]): Promise<readonly (Standing | null)[]> {
    return Promise.resolve(this.#standings(verdicts));
  }

  planned(recipients: readonly Recipient[]): Promise<void> {
    if (!this.#repeated.isFull) this.#repeated.add(recipients);
    return Promise.resolve();
  }

  warnings(): readonly Problem[] {
    return [...this.#sameName, ...this.#repeated.warnings(), ...this.#gone.warnings()];
  }
}
