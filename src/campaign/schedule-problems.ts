import type { Problem } from '../core/problem.js';
import { opennessAt, scheduleZones } from '../core/schedule.js';
import { scheduleOf } from './normalise.js';
import type { CampaignFile } from './schema.js';
import type { YamlSource } from './yaml-source.js';
import { ianaZones } from './zones.js';

/** Both halves of a year: a window may fit a country's zones in one of them alone. */
const MOMENTS = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)] as const;

/** A window that fits no moment in all zones of the campaign's country would wait forever. */
export function scheduleProblems(
  read: Pick<CampaignFile, 'recipients' | 'schedule'>,
  source: YamlSource,
): readonly Problem[] {
  const schedule = scheduleOf(read.schedule);
  const country = read.recipients.country ?? null;
  if (schedule === null || country === null || schedule.timezone !== 'recipient') return [];
  const zones = ianaZones();
  const names = scheduleZones(schedule, country, null, zones);
  const weekly = { ...schedule, notBefore: null };
  const opens = MOMENTS.some((at) => {
    const openness = opennessAt(weekly, at, names, zones);
    return openness.open || openness.opensAt !== null;
  });
  if (opens) return [];
  const at = source.placeOf(['schedule', 'window']);
  return [{ code: 'campaign.window-never-opens-in', params: { country, zones: names.length }, at }];
}
