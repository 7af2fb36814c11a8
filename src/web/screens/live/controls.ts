import type { Standing } from '../../../app/overview/standing.js';
import { type Html, html } from '../../../markup/markup.js';
import { button, buttonLink, form, hidden } from '../../views/fields.js';
import { actions } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { campaignPath } from '../campaign/paths.js';
import type { SeenLaunch } from './launch-of.js';
import type { LiveShown } from './view.js';

/** Pause, go on, and cancel the rest: what fits to how it stands. */
export function controls(
  visit: Visit,
  { key, isEntered }: LiveShown,
  { record, counts, holder, sandbox }: Standing,
): Html | null {
  const { translate } = visit;
  // Whoever comes to it later, by the list or by another try, waits as well until somebody takes it up again, or resumes it.
  if (record.control === 'canceled')
    return holder === null
      ? actions(word(visit, key, 'resume', translate('web.live.take-up'), sandbox, true))
      : null;
  const paused = record.control === 'paused';
  const goesOn = holder !== null || isEntered;
  if (!paused && (!goesOn || counts.pending + counts.sending === 0)) return null;
  const flip = paused
    ? word(visit, key, 'resume', translate('web.live.resume'), sandbox)
    : word(visit, key, 'pause', translate('web.live.pause'), sandbox);
  // Whoever is in flight cannot be called back.
  const cancel =
    counts.pending === 0
      ? null
      : buttonLink(
          visit,
          `${campaignPath(key, 'live')}/cancel${sandbox ? '?sandbox=yes' : ''}`,
          translate('web.live.cancel'),
          'secondary',
        );
  return actions(flip, cancel);
}

function word(
  visit: Visit,
  key: string,
  name: 'pause' | 'resume',
  text: string,
  sandbox: boolean,
  canceled = false,
): Html {
  const content = html`${sandbox ? hidden('sandbox', 'yes') : null}${canceled ? hidden('canceled', 'yes') : null}${button(text, { kind: 'secondary' })}`;
  return form(visit, { action: `${campaignPath(key, 'live')}/${name}` }, content);
}

/** A process that was asked for says within this that it is there; one that stands still may be taken back. */
const BEGINS_WITHIN_MS = 10_000;

/** What can be done about a launch that has not begun. */
export function launchControls(
  visit: Visit,
  key: string,
  { launch, stand }: SeenLaunch,
  sandbox: boolean,
): Html | null {
  const { translate, app } = visit;
  const isSlow = stand === 'starting' && app.clock.now() - (launch.startedAt ?? 0) > BEGINS_WITHIN_MS;
  if (stand !== 'scheduled' && stand !== 'late' && stand !== 'in-line' && !isSlow) return null;
  const act = (name: 'withdraw' | 'allow', text: string, kind: 'primary' | 'secondary'): Html =>
    form(
      visit,
      { action: `${campaignPath(key, 'live')}/${name}` },
      html`${hidden('launch_key', launch.key)}${sandbox ? hidden('sandbox', 'yes') : null}${button(text, { kind })}`,
    );
  const keep = stand === 'late' ? act('allow', translate('web.live.allow'), 'primary') : null;
  return actions(keep, act('withdraw', translate('web.live.withdraw'), 'secondary'));
}
