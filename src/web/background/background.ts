import { RowsApart } from '../../app/apart/rows-apart.js';
import { CampaignFolders } from '../../app/home/campaign-folders.js';
import { startDueLaunches } from '../../app/launch/start-launches.js';
import { PhoneIndexes } from '../../app/people/phone-indexes.js';
import { failed } from '../../core/problem.js';
import { bugCode, problemsIn } from '../http/thrown.js';
import type { Site } from '../site.js';
import { Works } from './works.js';

/** How often it is looked whether a launch is due. */
const LOOK_EVERY_MS = 2_000;

/** What goes on while pages are served: work in processes of its own, and runs that begin at their time. */
export class Background {
  readonly works: Works;
  /** The rows of the lists that somebody looks at. */
  readonly rows: RowsApart;
  /** Phones of the campaigns that were searched last. */
  readonly phones = new PhoneIndexes();
  /** Campaign files as they were read last. */
  readonly folders = new CampaignFolders();
  readonly #site: Site;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(site: Site) {
    this.#site = site;
    this.rows = new RowsApart(site.launcher, site.app);
    this.works = new Works(
      () => site.app.clock.now(),
      (error) => {
        const problems = problemsIn(error);
        if (problems !== null) return failed(...problems);
        const code = bugCode();
        site.bug(code, error, null);
        return failed({ code: 'web.work.bug', params: { code } });
      },
    );
  }

  /** Begins to look after launches. */
  begin(): void {
    this.#timer ??= setInterval(() => void this.startDue(), LOOK_EVERY_MS);
    void this.startDue();
  }

  /** Starts what is due now. A ledger that cannot be opened shows itself on every page; the next look tries again. */
  async startDue(): Promise<void> {
    // Who comes while somebody looks may have entered a launch that was not seen.
    this.#again = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  async close(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    await this.#looking;
    await this.rows.close();
  }

  async #look(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await startDueLaunches(this.#site.launcher, this.#site.app).catch(() => undefined);
    }
  }
}
