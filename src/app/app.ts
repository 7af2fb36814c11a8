import type { Campaign } from '../core/campaign.js';
import type { BeforeEdit, CampaignEdit, CampaignSource } from '../core/campaign-edits.js';
import type { Clock } from '../core/clock.js';
import type { ProviderLook } from '../core/conversation.js';
import type { Price } from '../core/cost.js';
import type { Finding, OwnPlaces } from '../core/finding.js';
import type { FileIdentity } from '../core/known-ledger.js';
import type { ProcessStanding } from '../core/launches.js';
import type { ActionPlace } from '../core/ledger/actions.js';
import type { ProcessMark } from '../core/ledger/launches.js';
import type { Ledgers } from '../core/ledger/ledger.js';
import type { LedgerCopies } from '../core/ledger/ledger-copy.js';
import type { WatchedFile } from '../core/ledger/locks.js';
import type { Suppression } from '../core/ledger/people.js';
import type { AskedProposal, ProposedCampaign, ReadListAs } from '../core/new-campaign.js';
import type { AnsweringWork, NewProcess, NewWork, StartedProcess, StartedWork } from '../core/new-process.js';
import type { ParsedPhone, PhoneOptions } from '../core/phone.js';
import type { OpenPhoneList, PhoneListSource, TableLook } from '../core/phone-list.js';
import type { Sender, Throttle } from '../core/ports.js';
import type { Problem, Result } from '../core/problem.js';
import type {
  OpenRecipients,
  ReadCampaign,
  RowsState,
  RowToMend,
  RowVerdict,
  TranslateReason,
} from '../core/recipient.js';
import type { ProviderList } from '../core/reconcile-ports.js';
import type { Zones } from '../core/schedule.js';
import type { ClockReading } from '../core/steady-time.js';
import type { CompanyLogin, CompanyLoginSettings } from '../core/team/company-login.js';
import type { Passwords } from '../core/team/passwords.js';
import type { Role } from '../core/team/roles.js';
import type { TemplatesRead } from '../core/template.js';
import type { Destination } from '../core/trusted-host.js';
import type { Uploads } from '../core/upload.js';
import type { Environment } from './environment.js';
import type { ConversationLists } from './lists/list-ports.js';
import type { Memories } from './memories.js';
import type { Target } from './target.js';
import type { RunningSandbox } from './workspace.js';

/** Campaign files, and what they name. */
export interface CampaignFiles {
  /** Of a folder with `campaign.yaml`, or of a YAML file; every problem of it at once. */
  read(path: string): Promise<Result<ReadCampaign>>;
  /** As an editor has it: what was typed, and the digest that an edit names. */
  source(path: string): Promise<Result<CampaignSource>>;
  /**
   * Changes values, comments kept; refused where the file is not what `expected` says, or would be wrong afterwards.
   * `first` is done right before the file changes, where it does; what fails there leaves it as it is.
   */
  edit(
    path: string,
    edits: readonly CampaignEdit[],
    expected: string,
    first: BeforeEdit,
  ): Promise<Result<CampaignSource>>;
  /** Campaign files one folder below, with what tells each from what it was before somebody saved it. */
  folders(folder: string): Promise<readonly { readonly file: string; readonly state: string }[]>;
  /** Whether a campaign file lies there. */
  isThere(path: string): boolean;
  prices(file: string): Promise<Result<readonly Price[]>>;
  zones(): Promise<Zones>;
  /** SHA-256 of the settings that decide what rows become. */
  rowSettingsDigest(campaign: Campaign): Promise<string>;
  /** Texts for a campaign to begin with. */
  propose(asked: AskedProposal): Promise<ProposedCampaign>;
  /** A name that a campaign may have, made of what a person calls it. */
  nameFor(title: string): Promise<string>;
  /** Those of these files that lie in a folder already. */
  existing(folder: string, names: readonly string[]): Promise<readonly string[]>;
  /** Makes new files in a folder, and the folder where it is missing; never over a file that exists. */
  create(folder: string, files: ReadonlyMap<string, string>): Promise<Result<null>>;
  /** Makes a folder that is nobody else's from then on; false: there is something of that name. */
  claim(folder: string): Promise<Result<boolean>>;
  /** Takes a claimed folder away again, unless something came into it. */
  giveUp(folder: string): Promise<void>;
  /** Does things in a folder one after the other, as far as this process goes. */
  inTurn<T>(folder: string, work: () => Promise<T>): Promise<T>;
}

/** Recipients files, do-not-contact files, and what is left beside them. */
export interface RecipientFiles {
  /**
   * A file that was opened for the same campaign before, and has not changed since, is not looked through again.
   * `stateDir`: where it is remembered what lists of rejected rows held; null: nowhere.
   */
  open(read: ReadCampaign, stateDir: string | null): Promise<Result<OpenRecipients>>;
  /** What tells the files that rows come from, from what they were or will be once somebody saves one; null: one is gone. */
  state(read: ReadCampaign, stateDir: string | null): Promise<RowsState | null>;
  /** Keeps a row that a person mended, and tells what becomes of it. */
  mend(read: ReadCampaign, stateDir: string | null, row: RowToMend): Promise<Result<RowVerdict>>;
  /** The people of all do-not-contact files of a campaign, and what a person should know about those files. */
  suppressed(campaign: Campaign): Promise<Result<SuppressedPeople>>;
  /** A do-not-contact file of a campaign, opened. */
  suppressFile(file: string, campaign: Campaign): Promise<Result<OpenPhoneList>>;
  /** A table of which only the phones matter. */
  phoneList(source: PhoneListSource): Promise<Result<OpenPhoneList>>;
  /** The columns and the first `rows` rows of a table. */
  header(file: string, rows: number, readAs?: ReadListAs): Promise<Result<TableLook>>;
}

/** Reads phones by the numbering plans. */
export interface Phones {
  /** One number as a person typed it. `country`: for a number without country code; null: it needs its own. */
  read(typed: string, country: string | null, options: PhoneOptions): ParsedPhone;
  /** Those that the numbering plans know (ISO 3166-1 alpha-2). */
  readonly countries: ReadonlySet<string>;
}

/** The people of do-not-contact files. */
export interface SuppressedPeople {
  readonly people: readonly Suppression[];
  readonly notices: readonly Problem[];
}

/** A sender with what it holds. */
export interface OpenSender extends Sender {
  /** The provider's clock minus this machine's, as its answers tell; null: none told. */
  readonly clockOffsetMs: number | null;
  close(): Promise<void>;
}

/** The provider that campaigns go to. */
export interface Provider {
  sender(message: SentMessages, target: Target): Promise<OpenSender>;
  /** The conversation list. Close it after use. */
  list(
    campaign: Pick<Campaign, 'provider'>,
    target: Target,
  ): Promise<ProviderList & { close(): Promise<void> }>;
  /** Reads the first page of the list, with little patience. Sends nothing. */
  look(target: Target): Promise<ProviderLook>;
  /** The templates of the target's workspace, within a few seconds; a failure is a value. */
  templates(target: Target, signal?: AbortSignal): Promise<TemplatesRead>;
}

/** What all messages of a sender have in common. */
export type SentMessages = Pick<Campaign, 'template' | 'type' | 'campaignName' | 'timeoutMs'> & {
  readonly provider: Pick<Campaign['provider'], 'api'>;
};

/** How a throttle begins. */
export interface ThrottleStart {
  readonly limitPerSecond: number;
  /** Rate that the provider taught an earlier run, and how long ago; null: none. */
  readonly learned: { readonly ratePerSecond: number; readonly ageMs: number } | null;
  readonly concurrency: number;
  /** What is left of a wait that the provider asked an earlier run for. */
  readonly pausedForMs: number;
  /** Told when the learned rate went down. */
  readonly onCut: (perSecond: number) => void;
  /** Told when the provider asked for a wait, or for a longer one. */
  readonly onPaused: (pauseMs: number) => void;
}

/** A throttle with its timers. */
export interface OpenThrottle extends Throttle {
  close(): Promise<void>;
}

/** Files by what tells one from another under the same path. */
export interface FileIdentities {
  at(path: string): FileIdentity | null;
  watch(file: FileIdentity): WatchedFile;
}

/** What `doctor` asks the machine. */
export interface Machine {
  /** Whether Node, and the disk under a ledger, are fit to work with. */
  basis(ledgerFile: string): readonly Finding[];
  /** Whether the state folder can be written, and what other users may read or change. */
  ownPlaces(places: OwnPlaces): readonly Finding[];
}

/** Room on the disk for rows, gone with this process. */
export interface RowStore {
  /** Writes behind everything else, and gives the place. */
  append(bytes: Buffer): number;
  read(offset: number, length: number): Buffer;
  close(): void;
}

/** Other programs of this machine. */
export interface Processes {
  /** null: there is no process of this number. */
  mark(pid: number): ProcessMark | null;
  standing(mark: ProcessMark): ProcessStanding;
  /** Starts one that outlives this one. */
  start(process: NewProcess): Promise<Result<StartedProcess>>;
  /** Starts one whose words are read by this one. */
  work(work: NewWork): Promise<Result<StartedWork>>;
  /** Starts one that this one asks questions: a document a line on its input, and its answer on its output. */
  converse(work: NewWork): Promise<Result<AnsweringWork>>;
}

/** Every port with its adapter. */
export interface Adapters {
  readonly ledgers: Ledgers;
  readonly ledgerCopies: LedgerCopies;
  readonly campaignFiles: CampaignFiles;
  readonly recipientFiles: RecipientFiles;
  /** What knows the numbering plans is loaded when it is asked for. */
  readonly phones: () => Promise<Phones>;
  readonly provider: Provider;
  readonly lists: ConversationLists;
  /** Starts the embedded sandbox of a ledger. */
  readonly sandbox: (besideLedger: string) => Promise<Result<RunningSandbox>>;
  readonly throttle: (start: ThrottleStart) => Promise<OpenThrottle>;
  readonly memories: Memories;
  readonly files: FileIdentities;
  readonly machine: () => Promise<Machine>;
  readonly processes: Processes;
  readonly passwords: () => Promise<Passwords>;
  /** Loads what speaks with a provider of identities. */
  readonly companyLogin: (settings: CompanyLoginSettings) => Promise<CompanyLogin>;
  readonly uploads: Uploads;
  readonly rowStore: () => RowStore;
  readonly clock: Clock;
  /** This machine's clocks now; `providerOffsetMs`: the provider's minus the wall clock. */
  readonly readClocks: (providerOffsetMs?: number | null) => ClockReading;
  /** Between 0 and 1. */
  readonly chance: () => number;
  /** Resolves once the answers that have already arrived were handled. */
  readonly turn: () => Promise<void>;
}

/** What every use case gets: the adapters, and where it works. */
export interface App extends Adapters {
  readonly environment: Environment;
  /** Folder from which paths are seen. */
  readonly cwd: string;
  /** The words with which a person starts plazcast, such as `npx plazcast`. */
  readonly invocation: string;
  /** How people know the ledger: its real path, or the address of its database without a password. */
  readonly ledgerFile: string;
  /** How a process of its own finds the ledger: as `ledgerFile`, with the password where it was given. Never shown. */
  readonly ledgerAddress: string;
  /** Path that the names of files beside the ledger begin with: its own, or one in the working folder. */
  readonly besideLedger: string;
  /** The ledger that is meant where nobody names one. */
  readonly usualLedgerFile: string;
  /** Hosts that a person vouches for in this command. */
  readonly trustHosts: readonly string[];
  /** Asks whether credentials may go to a host that nothing vouches for; false, too, where there is nobody to ask. */
  readonly mayTrust: (destination: Destination) => Promise<boolean>;
  /** Told that the embedded sandbox runs. */
  readonly sandboxStarted: () => void;
  /** This process, for whoever is turned away by a lock. */
  readonly process: { readonly pid: number; readonly host: string };
  /** Who works here, for the record. */
  readonly operator: string;
  /** Of a user; null: whoever works here may do everything. */
  readonly roles: readonly Role[] | null;
  /** Whether somebody acts in a terminal or on the page. */
  readonly place: ActionPlace;
  readonly translateReason: TranslateReason;
}
