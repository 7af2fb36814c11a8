import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapters, CampaignFiles, Memories, Provider, RecipientFiles } from './app/app.js';
import { eventLoopTurn, systemClock } from './cli/clock.js';
import { readClocks } from './cli/machine-clocks.js';
import { FileWatch, fileIdentity } from './files/file-identity.js';
import { SQLITE_LEDGERS } from './ledger/sqlite/sqlite-ledgers.js';
import { ledgerMemoryFile, OpenLedgerMemory, readLedgerMemory } from './state/ledger-memory.js';
import { foretellStateFile, probeStateFile } from './state/state-file.js';
import { readTrustedHosts, rememberTrustedHost } from './state/trusted-hosts.js';

/*
 * Each port gets its adapter here. What is large is loaded when it is asked for, so that a word about the version does not
 * wait for a database.
 */

const campaignFiles: CampaignFiles = {
  read: async (path) => {
    const { readCampaign } = await import('./campaign/read-campaign.js');
    // The rules of phone numbers are loaded only for a campaign that names one of its own.
    return readCampaign(path, async (...typed) => {
      const { readControlPhone } = await import('./recipients/phone.js');
      return readControlPhone(...typed);
    });
  },
  isThere: (path) => existsSync(path) && (existsSync(join(path, 'campaign.yaml')) || statSync(path).isFile()),
  prices: async (file) => (await import('./campaign/rate-card.js')).readRateCard(file),
  zones: async () => (await import('./campaign/zones.js')).ianaZones(),
  rowSettingsDigest: async (campaign) => (await import('./campaign/digest.js')).rowSettingsDigest(campaign),
};

const recipientFiles: RecipientFiles = {
  open: async (...about) => (await import('./recipients/open-once.js')).openOnce(...about),
  suppressed: async (campaign) =>
    (await import('./recipients/suppress-files.js')).readSuppressFiles(campaign),
};

const provider: Provider = {
  sender: async ({ template, type, campaignName, timeoutMs, provider: { api } }, target) => {
    const { PlazbotSender } = await import('./providers/plazbot/sender.js');
    const { baseUrl, workspaceId, apiKey, secrets } = target;
    const message = { template, type, campaignName, api, timeoutMs };
    return new PlazbotSender({ baseUrl, workspaceId, apiKey, secrets, ...message, clock: systemClock });
  },
  list: async (campaign, { baseUrl, workspaceId, apiKey, secrets }) => {
    const { PlazbotSends } = await import('./providers/plazbot/listed-sends.js');
    return new PlazbotSends({
      baseUrl,
      workspaceId,
      apiKey,
      secrets,
      api: campaign.provider.api,
      clock: systemClock,
      chance: Math.random,
      // The scan paces itself.
      pagesPerSecond: 1_000,
    });
  },
};

const memories: Memories = {
  read: (place) => {
    const file = memoryFile(place);
    return { ...readLedgerMemory(file), file };
  },
  foretell: (place) => foretellStateFile(memoryFile(place)),
  probe: (place) => probeStateFile(memoryFile(place)),
  begin: (place, memory) =>
    OpenLedgerMemory.begin(memoryFile(place), memory, () => systemClock.monotonicMs()),
  trustedHosts: readTrustedHosts,
  trustHost: rememberTrustedHost,
};

function memoryFile({ stateDir, sender, campaign }: Parameters<Memories['read']>[0]): string {
  return ledgerMemoryFile(stateDir, sender, campaign);
}

/** Every port with the adapter that the program has for it. */
export const ADAPTERS: Adapters = {
  ledgers: SQLITE_LEDGERS,
  campaignFiles,
  recipientFiles,
  provider,
  throttle: async ({ limitPerSecond, learned, ...start }) => {
    const [{ PacedThrottle }, { startingRatePerSecond }] = await Promise.all([
      import('./throttle/throttle.js'),
      import('./throttle/adaptive-rate.js'),
    ]);
    const startPerSecond =
      learned === null ? null : startingRatePerSecond(limitPerSecond, learned.ratePerSecond, learned.ageMs);
    return new PacedThrottle({ limitPerSecond, startPerSecond, ...start, clock: systemClock });
  },
  memories,
  files: { at: fileIdentity, watch: (file) => new FileWatch(file) },
  clock: systemClock,
  readClocks,
  chance: Math.random,
  turn: eventLoopTurn,
};
