import { basename } from 'node:path';
import type { CampaignSeen } from '../../../app/overview/campaign-seen.js';
import type { Standing } from '../../../app/overview/standing.js';
import type { Campaign } from '../../../core/campaign.js';
import { foreign, type Html, html } from '../../../markup/markup.js';
import { section, summaryList } from '../../views/parts.js';
import type { Visit } from '../../visit.js';
import { countsTable } from '../live/counts-table.js';
import { brokenFile, copyNote, rehearsalNote } from './notes.js';
import { type Ahead, nextStep, standTag } from './stand-tag.js';

/** What the campaign file says, why it cannot be read, and how many people stand where. */
export function overviewBody(
  visit: Visit,
  campaign: CampaignSeen,
  standing: Standing | null,
  ahead: Ahead,
): Html {
  const { problems } = campaign;
  const broken = problems.length === 0 ? null : brokenFile(visit, problems);
  return html`${rehearsalNote(visit, campaign, standing, 'overview')}<p>${standTag(visit, campaign, standing, ahead)}</p>${copyNote(visit, campaign)}${broken}${nextStep(visit, campaign, standing, ahead)}${standing === null ? null : countsTable(visit, campaign.key, standing)}${settings(visit, campaign)}`;
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
    {
      key: translate('web.campaign.type'),
      value: translate('web.campaign.type-is', { type: campaign.type }),
    },
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
