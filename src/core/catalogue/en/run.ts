/** English sentences: halts, waits and what a run says. Places are ICU MessageFormat. */
export const runEn = {
  'halt.credentials':
    'The provider refused the account or workspace: {detail}. Check PLAZBOT_WORKSPACE_ID and PLAZBOT_API_KEY, then run send again.',
  'halt.account':
    'The provider or WhatsApp does not let this account send: {detail}. Settle it with them (payment, limits, connection of the number), then run send again.',
  'halt.template':
    'WhatsApp refused the template "{template}": {detail}. Check its name, language and approval, then run send again.',
  'halt.configuration':
    'The provider answered with HTTP {status}, which means that the address is not the right one. Check provider.baseUrl or PLAZBOT_BASE_URL.',
  'halt.wrong-path':
    'The address {url} does not know this path (HTTP {status}): wrong base URL or api. Check provider.baseUrl and provider.api (classic or current). Nothing was sent.',
  'halt.unreachable':
    'The provider cannot be reached at {url}: {detail}. Check the network and the address, then run send again.',
  'halt.failures':
    '{failures} of the last {over} messages failed, so the campaign was stopped (stopWhen). Look at the reasons with "plazcast status", then run send again.',
  'halt.uncertain':
    '{count, plural, one {# message} other {# messages}} got no clear answer, so the campaign was stopped (stopWhen.uncertain). Run "plazcast reconcile", then send again.',
  'halt.retry-after':
    'The provider asks to wait until {until}, longer than a run waits by itself. Run send again after that.',
  'halt.throttled':
    'For {minutes} minutes the provider asked for a slower pace and took nothing: {detail}. Look whether somebody else sends from this number, lower "rate" in the campaign file, and run send again later.',
  'halt.paused': 'The campaign is paused. Go on with "plazcast resume".',
  'halt.canceled':
    'The campaign was canceled, so nothing more goes out. "plazcast resume" takes it up again.',
  'halt.per-day':
    'The daily limit of {limit, number} people is reached. The next can go out at {until}: run send again then.',
  'halt.window': 'The sending window is closed until {until}. Run send again then, or without --no-wait.',
  'halt.window-never':
    'The sending window never opens for the people who are left: their countries have time zones so far apart that no hour suits all. Widen schedule.window, or name one time zone, then run send again.',
  'halt.canary':
    '{failures} of the first {first} messages failed or got no clear answer, more than canary.maxFailures allows. Look at the reasons with "plazcast status", then run send again.',
  'halt.ledger-write':
    'The ledger could not be written ({detail}), so nothing more was sent. Make room or repair the disk, then run send again.',
  'halt.ledger-gone':
    'The ledger {file} was deleted, moved or replaced while it was being sent from, so nothing more was sent. Put it back, then run send again.',
  'halt.ledger-moved':
    'The ledger {file} was moved to {moved} while it was being sent from, so nothing more was sent. All that was sent stands in it. Move it back, or run send with {option}.',
  'halt.ledger-saved':
    'The ledger {file} was deleted or replaced while it was being sent from, so nothing more was sent. What it held, with all that was sent, was saved in {saved}. Move that to {file}, or run send with {option}.',
  'halt.ledger-lost':
    'The ledger {file} was deleted or replaced while it was being sent from, so nothing more was sent, and what it held could not be saved ({detail}). Put your last backup in its place and run "plazcast reconcile" with --audit before you send.',
  'halt.state-unwritable':
    'The folder {folder}, in which plazcast remembers which ledger sent what, can no longer be written ({detail}), so nothing more was sent. Make room or make it writable, then run send again.',
  'halt.imbalance':
    'The ledger does not add up: {recipients, number} recipients, but {sum, number} deliveries. Nothing was sent. Please report this with a backup of the ledger.',
  'halt.rejected':
    '{count, plural, one {# row} other {# rows}} cannot be sent and the campaign says onRejected: stop. Mend the rows in rejected.csv, then run send again.',
  'wait.window': 'window opens {until}',
  'wait.not-before': 'starts {until}',
  'wait.per-day': 'daily limit reached, goes on {until}',
  'wait.retry-after': 'provider asks to wait until {until}',
  'wait.deferred': 'next try at {until}',
  'wait.canary': 'first messages are out, looking again at {until}',
  'wait.paused': 'paused; go on with "plazcast resume"',
  'wait.unreachable': 'provider not reachable, next try at {until}',
  'wait.ledger-busy': 'the ledger is busy: another program or an import is writing to it',
  'wait.all-zones': 'no window is open; the next opens {until}',
  'wait.list':
    'reading the provider’s list for {uncertain, plural, one {# uncertain person} other {# uncertain people}}, a minute at most: page {pages, number}, {records, number} records',
  'wait.answer': 'waiting for an answer at its terminal',
} as const;
