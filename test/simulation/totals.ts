import type { SeedReport } from './simulate-seed.js';

/** Sums of many worlds. */
export class SeedTotals {
  seeds = 0;
  people = 0;
  posts = 0;
  lives = 0;
  crashes = 0;
  ledgerFaults = 0;
  scans = 0;
  resends = 0;
  lying = 0;
  /** Somebody got a message twice: only where a list lied. */
  duplicates = 0;
  duplicatesWithHonestList = 0;
  lost = 0;
  uncertain = 0;
  uncertainWithHonestList = 0;

  add(report: SeedReport): void {
    const { tally } = report;
    this.seeds += 1;
    this.people += report.people;
    this.posts += tally.posts;
    this.lives += tally.lives;
    this.crashes += tally.crashes;
    this.ledgerFaults += tally.ledgerFaults;
    this.scans += tally.scans;
    this.resends += tally.resends;
    this.lying += report.lying ? 1 : 0;
    this.duplicates += report.duplicates;
    this.lost += report.lost;
    this.uncertain += report.uncertain;
    if (report.lying) return;
    this.duplicatesWithHonestList += report.duplicates;
    this.uncertainWithHonestList += report.uncertain;
  }

  /** Everything in a line. */
  sentence(): string {
    return (
      `${this.seeds} seeds (${this.lying} with a list that lies), ${this.people} people, ${this.posts} POSTs, ` +
      `${this.lives} runs, ${this.crashes} crashes, ${this.ledgerFaults} ledger faults, ${this.scans} scans, ` +
      `${this.resends} sent again after proven absence; duplicates ${this.duplicatesWithHonestList} ` +
      `(${this.duplicates - this.duplicatesWithHonestList} where the list lied), lost ${this.lost}, ` +
      `uncertain left ${this.uncertainWithHonestList} (${this.uncertain - this.uncertainWithHonestList} where the list lied)`
    );
  }
}
