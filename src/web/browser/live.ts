import { morphRegion } from './focus.js';
import { changeUnderHand } from './steady.js';

const PAUSE_MS = 1_000;
/** How long it rests between two tries when nobody answers. */
const PAUSE_LOST_MS = 4_000;

/**
 * Asks for a part of the page again, a second after the last answer, and changes what has changed: focus, opened details and
 * the place on the page stay. It rests while the tab is not looked at.
 */
export function keepFresh(region: HTMLElement): void {
  let mark: string | null = null;
  const ask = async (): Promise<void> => {
    if (document.hidden) return whenSeen(ask);
    const path = region.dataset['live'] ?? '';
    const answer = await fetch(path, { headers: mark === null ? {} : { 'If-None-Match': mark } }).catch(
      () => null,
    );
    if (answer?.status === 401) return lost('loggedOut');
    if (answer?.status === 200) {
      mark = answer.headers.get('ETag');
      const content = await answer.text();
      changeUnderHand(region, () => morphRegion(region, content, true));
    }
    // What was waited for has come: another page stands at this address now.
    if (region.querySelector('[data-live-reload]') !== null) return location.reload();
    const why = whyLost(answer);
    if (why === null) found();
    else lost(why);
    // The end of what is watched takes the address away.
    if (region.querySelector('[data-live-end]') !== null) return;
    setTimeout(() => void ask(), why === null ? PAUSE_MS : PAUSE_LOST_MS);
  };
  setTimeout(() => void ask(), PAUSE_MS);
}

/** Why an answer does not tell how it stands, such as where the ledger is away; null: it does. */
function whyLost(answer: Response | null): 'lost' | 'gone' | null {
  if (answer?.status === 404) return 'gone';
  return answer === null || answer.status >= 400 ? 'lost' : null;
}

function whenSeen(ask: () => Promise<void>): void {
  document.addEventListener('visibilitychange', () => void ask(), { once: true });
}

/** Says that what is on the screen is no longer fresh. */
function lost(why: 'lost' | 'gone' | 'loggedOut'): void {
  const text = document.body.dataset[why] ?? '';
  const shown = document.getElementById('lost');
  if (shown !== null) {
    shown.textContent = text;
    return;
  }
  const note = document.createElement('p');
  note.id = 'lost';
  note.className = 'lost callout refused';
  note.setAttribute('role', 'alert');
  note.textContent = text;
  document.querySelector('main')?.append(note);
}

function found(): void {
  document.getElementById('lost')?.remove();
}
