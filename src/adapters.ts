import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapters, CampaignFiles, Provider, RecipientFiles } from './app/app.js';
import type { ConversationLists, ListToOpen, ReadableList } from './app/lists/list-ports.js';
import type { Memories, MemoryPlace } from './app/memories.js';
import type { ReadControlPhone } from './campaign/control-phone.js';
import type { ConversationPages, ListProvider } from './core/conversation.js';
import { failed, ok, type Problem, type Result } from './core/problem.js';
import type { Uploads } from './core/upload.js';
import { ledgerIdentity, watchLedger } from './files/file-identity.js';
import { NamelessFile } from './files/nameless-file.js';
import { LEDGER_COPIES } from './ledger/ledger-copies.js';
import { ledgersWith } from './ledger/ledgers.js';
import { eventLoopTurn, followClock, systemClock } from './machine/clock.js';
import { readClocks } from './machine/clock-readings.js';
import { processMark, standingOf } from './machine/process-mark.js';
import { ledgerMemoryFile, OpenLedgerMemory, readLedgerMemory } from './state/ledger-memory.js';
import { foretellStateFile, probeStateFile } from './state/state-file.js';
import { readTakenOut, takenOutFile, writeTakenOut } from './state/taken-out-memory.js';
import { readTrustedHosts, rememberTrustedHost } from './state/trusted-hosts.js';

/*
 * Each port gets its adapter here. What is large is loaded when it is asked for, so that a word about the version does not
 * wait for a database.
 */

/** The rules of phone numbers are loaded only for a campaign that names one of its own. */
const ownPhone: ReadControlPhone = async (...typed) => {
  const { readControlPhone } = await import('./recipients/phone.js');
  return readControlPhone(...typed);
};

const campaignFiles: CampaignFiles = {
  read: async (path) => {
    const { readCampaign } = await import('./campaign/read-campaign.js');
    return readCampaign(path, ownPhone);
  },
  source: async (path) => (await import('./campaign/edit-campaign.js')).campaignSource(path, ownPhone),
  edit: async (path, edits, expected, first) =>
    (await import('./campaign/edit-campaign.js')).editCampaign(path, edits, expected, ownPhone, first),
  folders: async (folder) => (await import('./campaign/campaign-folders.js')).campaignFolders(folder),
  isThere: (path) => existsSync(path) && (existsSync(join(path, 'campaign.yaml')) || statSync(path).isFile()),
  prices: async (file) => (await import('./campaign/rate-card.js')).readRateCard(file),
  zones: async () => (await import('./campaign/zones.js')).ianaZones(),
  rowSettingsDigest: async (campaign) => (await import('./campaign/digest.js')).rowSettingsDigest(campaign),
  propose: async (asked) => (await import('./campaign/propose-campaign.js')).proposeCampaign(asked),
  nameFor: async (title) => (await import('./campaign/identifiers.js')).proposedName(title),
  existing: async (...where) => (await import('./campaign/new-folder.js')).existingIn(...where),
  create: async (...what) => (await import('./campaign/new-folder.js')).createFolder(...what),
  claim: async (folder) => (await import('./campaign/new-folder.js')).claimFolder(folder),
  giveUp: async (folder) => (await import('./campaign/new-folder.js')).giveUpFolder(folder),
  inTurn: async (...work) => (await import('./files/in-turn.js')).inTurn(...work),
};

const recipientFiles: RecipientFiles = {
  open: async (...about) => (await import('./recipients/open-once.js')).openOnce(...about),
  state: async (...about) => (await import('./recipients/open-once.js')).rowsState(...about),
  mend: async (...row) => (await import('./recipients/mended/mend-row.js')).mendRow(...row),
  suppressed: async (campaign) =>
    (await import('./recipients/suppress-files.js')).readSuppressFiles(campaign),
  suppressFile: async (...what) => (await import('./recipients/suppress-files.js')).openSuppressFile(...what),
  phoneList: async (source) => (await import('./recipients/phone-list.js')).openPhoneList(source),
  header: async (file, rows, readAs) =>
    (await import('./recipients/look-at-table.js')).lookAtTable(file, rows, readAs ?? null),
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
  look: async (target) => {
    const { lookAtPlazbot } = await import('./providers/plazbot/look.js');
    return lookAtPlazbot({ ...target, clock: systemClock, chance: Math.random });
  },
  templates: async ({ baseUrl, workspaceId, apiKey, secrets }, signal) => {
    const { readPlazbotTemplates } = await import('./providers/plazbot/templates.js');
    const access = { baseUrl, workspaceId, apiKey, secrets };
    const stop = signal === undefined ? {} : { signal };
    return readPlazbotTemplates({ ...access, clock: systemClock, chance: Math.random, ...stop });
  },
};

/** Each provider's own way in. */
const opened: Readonly<Record<ListProvider, (list: ListToOpen) => Promise<Result<ReadableList>>>> = {
  plazbot: async ({ key: apiKey, ...list }) => {
    const { listPlazbot } = await import('./providers/plazbot/list.js');
    const { plazbotFields } = await import('./providers/plazbot/list-record.js');
    const token = list.options.get('continuation-token');
    const continuationToken = typeof token === 'string' ? token : null;
    return readable(listPlazbot({ ...list, ...reading, apiKey, continuationToken }), plazbotFields);
  },
  platica: async ({ key: apiKey, ...list }) => {
    const { listPlatica } = await import('./providers/platica/list.js');
    const { platicaFields } = await import('./providers/platica/record.js');
    return readable(listPlatica({ ...list, ...reading, apiKey }), platicaFields);
  },
  chatbotx: async ({ key: token, ...list }) => {
    const { listChatbotx } = await import('./providers/chatbotx/list.js');
    const { chatbotxFields } = await import('./providers/chatbotx/record.js');
    return readable(listChatbotx({ ...list, ...reading, token }), chatbotxFields);
  },
};

const reading = { clock: systemClock, chance: Math.random };

function readable(pages: Result<ConversationPages>, fields: ReadableList['fields']): Result<ReadableList> {
  return pages.ok ? ok({ pages: pages.value, fields }) : pages;
}

const lists: ConversationLists = { open: (list) => opened[list.provider](list) };

const sandbox: Adapters['sandbox'] = async (besideLedger) => {
  const { SandboxStartError, startSandbox } = await import('./sandbox/start-sandbox.js');
  try {
    return ok(await startSandbox({ dbFile: `${besideLedger}.sandbox.db` }));
  } catch (error) {
    if (error instanceof SandboxStartError) return failed(besideLedgerOf(error.problem));
    throw error;
  }
};

/** Nobody chose the file of a rehearsal: where it lies goes by the ledger. */
function besideLedgerOf(problem: Problem): Problem {
  return problem.code === 'sandbox.log-unusable' ? { ...problem, code: 'sandbox.beside-unusable' } : problem;
}

const memories: Memories = {
  read: (place) => {
    const file = memoryFile(place);
    return { ...readLedgerMemory(file), file };
  },
  foretell: (place) => eachWritable(place, foretellStateFile),
  probe: (place) => eachWritable(place, probeStateFile),
  begin: (place, memory) =>
    OpenLedgerMemory.begin(memoryFile(place), memory, () => systemClock.monotonicMs()),
  takenOut: ({ stateDir, ledgerId, workspace }) => {
    const file = takenOutFile(stateDir, ledgerId, workspace);
    return { ...readTakenOut(file), file };
  },
  rememberTakenOut: ({ stateDir, ledgerId, workspace }, last) =>
    writeTakenOut(takenOutFile(stateDir, ledgerId, workspace), last),
  trustedHosts: readTrustedHosts,
  trustHost: rememberTrustedHost,
};

/** Whether both folders could be written in which ledgers are remembered. */
function eachWritable(place: MemoryPlace, ask: typeof probeStateFile): ReturnType<Memories['probe']> {
  const written = ask(memoryFile(place));
  return written.ok ? ask(takenOutFile(place.stateDir, '', '')) : written;
}

function memoryFile({ stateDir, sender, campaign }: MemoryPlace): string {
  return ledgerMemoryFile(stateDir, sender, campaign);
}

const uploads: Uploads = {
  receive: async (...upload) => (await import('./files/upload.js')).receiveUpload(...upload),
  find: async (...which) => (await import('./files/upload.js')).findUpload(...which),
  place: async (...where) => (await import('./files/upload.js')).placeUpload(...where),
  isSame: async (...both) => (await import('./files/upload.js')).isSameFile(...both),
  put: async (...where) => (await import('./files/upload.js')).putUpload(...where),
  remove: async (file) => (await import('./files/upload.js')).removeUpload(file),
  sweep: async (...which) => (await import('./files/upload.js')).sweepUploads(...which),
};

/** In a file without a name: whoever dies leaves nothing behind. */
const rowStore: Adapters['rowStore'] = () => {
  const file = new NamelessFile(`plazcast-rows-${randomBytes(12).toString('hex')}`);
  return {
    append: (bytes) => file.append(bytes),
    read: (offset, length) => {
      const bytes = Buffer.allocUnsafe(length);
      file.read(bytes, offset, length);
      return bytes;
    },
    close: () => file.close(),
  };
};

/** Every port with the adapter that the program has for it. */
export const ADAPTERS: Adapters = {
  ledgers: ledgersWith(followClock),
  ledgerCopies: LEDGER_COPIES,
  campaignFiles,
  recipientFiles,
  phones: async () => {
    const { parsePhone, phoneCountries } = await import('./recipients/phone.js');
    return { read: parsePhone, countries: phoneCountries() };
  },
  provider,
  lists,
  sandbox,
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
  files: { at: ledgerIdentity, watch: watchLedger },
  machine: async () => {
    const [{ basisFindings }, { ownPlaceFindings }] = await Promise.all([
      import('./machine/basis.js'),
      import('./machine/own-places.js'),
    ]);
    return { basis: basisFindings, ownPlaces: ownPlaceFindings };
  },
  processes: {
    mark: processMark,
    standing: standingOf,
    start: async (started) => (await import('./machine/start-process.js')).startProcess(started),
    work: async (work) => (await import('./machine/start-work.js')).startWork(work),
    converse: async (work) => (await import('./machine/start-work.js')).startConversation(work),
  },
  passwords: async () => {
    const { hashPassword, isPassword, passwordsBusy } = await import('./machine/passwords.js');
    return { hash: hashPassword, matches: isPassword, busy: passwordsBusy };
  },
  companyLogin: async (settings) => {
    const { OpenidLogin } = await import('./providers/openid/company-login.js');
    return new OpenidLogin(settings);
  },
  uploads,
  rowStore,
  clock: systemClock,
  readClocks,
  chance: Math.random,
  turn: eventLoopTurn,
};
