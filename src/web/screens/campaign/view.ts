import { basename } from 'node:path';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Campaign } from '../../../core/campaign.js';
import { DELIVERY_STATUSES } from '../../../core/counts.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { section, summaryList, table } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { brokenFile, copyNote } from './notes.js';
import { chosenStanding } from './shell.js';
import { nextStep, standTag } from './stand-tag.js';

/** What the campaign file says, why it cannot be read, and how many people stand where. */
export function overviewBody(visit: Visit, campaign: CampaignSeen): Html {
  const { problems } = campaign;
  const broken = problems.length === 0 ? null : brokenFile(visit, problems);
  const standing = chosenStanding(visit, campaign);
  return html`<p>${standTag(visit, campaign, standing)}</p>${copyNote(visit, campaign)}${broken}${nextStep(visit, campaign, standing)}${counts(visit, campaign)}${settings(visit, campaign)}`;
}

function counts(visit: Visit, campaign: CampaignSeen): Html | null {
  const { translate, format } = visit;
  const standing = chosenStanding(visit, campaign);
  if (standing === null) return null;
  const { counts: of } = standing;
  const columns = [
    { title: translate('web.column.stand') },
    { title: translate('web.column.people'), number: true as const },
  ];
  const rows = [...DELIVERY_STATUSES, 'rejected' as const]
    .filter((status) => of[status] > 0)
    .map((status) => [translate(`status.word.${status}`), format.count(of[status])]);
  return section(
    translate('web.campaign.counts'),
    table(translate('web.campaign.counts-caption'), columns, rows),
  );
}

function settings(visit: Visit, { campaign, folder, standings }: CampaignSeen): Html | null {
  const { translate } = visit;
  const lines = campaign === null ? fromLedger(visit, standings[0]?.record) : fromFile(visit, campaign);
  const where = folder ?? standings[0]?.record.file ?? null;
  const place = where === null ? [] : [{ key: translate('web.campaign.folder'), value: foreign(where) }];
  return section(translate('web.campaign.settings'), summaryList(visit, [...lines, ...place]));
}

type Lines = Parameters<typeof summaryList>[1];

function fromFile({ translate }: Visit, campaign: Campaign): Lines {
  return [
    { key: translate('web.campaign.template'), value: foreign(campaign.template) },
    { key: translate('web.campaign.type'), value: campaign.type },
    { key: translate('web.campaign.recipients'), value: foreign(basename(campaign.recipients.file)) },
    {
      key: translate('web.campaign.rate'),
      value: translate('web.running.rate', { rate: campaign.ratePerSecond }),
    },
  ];
}

function fromLedger(
  { translate }: Visit,
  record: CampaignSeen['standings'][number]['record'] | undefined,
): Lines {
  return record === undefined
    ? []
    : [{ key: translate('web.campaign.template'), value: foreign(record.template) }];
}
