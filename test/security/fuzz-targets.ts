import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCampaign } from '../../src/campaign/read-campaign.js';
import { messageLines } from '../../src/cli/plan/message-lines.js';
import { problemLines } from '../../src/cli/problems.js';
import { lastErrorText } from '../../src/cli/progress/lines.js';
import { loadTranslate } from '../../src/cli/translate.js';
import type { ConversationPages } from '../../src/core/conversation.js';
import { readListOptions } from '../../src/core/conversation-options.js';
import { conversationColumns, RAW_COLUMN } from '../../src/core/conversation-rows.js';
import type { Problem, Result, Translate } from '../../src/core/problem.js';
import { rowSentence } from '../../src/core/row-sentence.js';
import { UnusableFile } from '../../src/core/unusable-file.js';
import { listChatbotx } from '../../src/providers/chatbotx/list.js';
import { listPlatica } from '../../src/providers/platica/list.js';
import { listPlazbot } from '../../src/providers/plazbot/list.js';
import { PlazbotSender } from '../../src/providers/plazbot/sender.js';
import { openRecipients } from '../../src/recipients/read-recipients.js';
import { conversationListText } from '../../src/report/conversation-list.js';
import { surroundings } from '../providers/http/list-server.js';
import { Dice } from '../simulation/dice.js';
import { cliPlaceIn } from '../support/run-cli.js';
import { anyAnswer, anyRows, anyYaml } from './fuzz-bytes.js';
import { OWN_COLOURS, rawIn } from './hostile-strings.js';
import { formulasIn } from './spreadsheet.js';

const WORKSPACE = 'fuzz-workspace-5f3a91d07be2';
const says: readonly Translate[] = [await loadTranslate('en'), await loadTranslate('es')];

/** One thing to feed bytes to: throws when what came out is not as promised. */
export type Target = (dice: Dice) => Promise<void>;

/** Targets that share a server and a folder; `close` takes both away. */
export interface Targets {
  readonly byName: Readonly<Record<'send' | 'list' | 'campaign', Target>>;
  /** A real command on such files, to such a server: slow. Gives its largest size in megabytes, 0 where nobody tells. */
  readonly command: (dice: Dice) => Promise<number>;
  readonly close: () => void;
}

/** Opens them. */
export async function openTargets(): Promise<Targets> {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-fuzz-'));
  const server = createServer();
  let answer = Buffer.alloc(0);
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    // The whole request is there: an answer before that is another matter.
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answerWith = (bytes: Buffer): void => {
    answer = bytes as Buffer<ArrayBuffer>;
  };
  return {
    byName: {
      send: (dice) => send(baseUrl, answerWith, dice),
      list: (dice) => list(baseUrl, answerWith, dice),
      campaign: (dice) => campaign(folder, dice),
    },
    command: (dice) => command(baseUrl, answerWith, dice),
    close: () => {
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function requireHarmless(what: string, text: string): void {
  const raw = rawIn(text);
  if (raw.length > 0)
    throw new Error(`${what} holds ${raw.join(' ')}: ${JSON.stringify(text.slice(0, 300))}`);
  if (text.toLowerCase().includes(WORKSPACE)) throw new Error(`${what} holds the workspace`);
}

function requireSayable(problems: readonly Problem[]): void {
  for (const translate of says)
    requireHarmless('a problem', problemLines(problems, translate, '/').join('\n'));
}

async function send(baseUrl: string, answerWith: (bytes: Buffer) => void, dice: Dice): Promise<void> {
  const bytes = anyAnswer('send', dice);
  answerWith(
    dice.chance(0.1) ? Buffer.from(bytes.toString('latin1').replace('X', WORKSPACE), 'latin1') : bytes,
  );
  const clock = { now: () => 0, monotonicMs: () => 0, sleep: async () => undefined };
  const settings = {
    workspaceId: WORKSPACE,
    apiKey: null,
    template: 't',
    campaignName: null,
    concurrency: 1,
    clock,
  };
  const sender = new PlazbotSender({
    baseUrl,
    type: 'individual',
    api: 'classic',
    timeoutMs: 2_000,
    ...settings,
  });
  const ids = { deliveryId: 1, attemptId: 1, transientRefusals: 0, deferrals: 0 };
  const person = { phone: '51987654321', person: '51987654321', country: 'PE' };
  const outcome = await sender.send({
    ...ids,
    ...person,
    bodyJson: '[]',
    headerJson: '[]',
    attachmentJson: null,
  });
  await sender.close();
  const { errorCode, errorMessage } = outcome.answer;
  if ((errorCode ?? '').length > 60 || (errorMessage ?? '').length > 300)
    throw new Error('an error without an end');
  if (outcome.kind === 'accepted') requireSuccess(bytes, outcome.contactId);
  if (outcome.kind === 'not-sent' && outcome.halt !== null) requireSayable([outcome.halt]);
  const last = {
    outcome: outcome.kind === 'accepted' ? 'refused' : outcome.kind,
    reason: null,
    answer: outcome.answer,
  } as const;
  for (const translate of says)
    requireHarmless(
      'the last error',
      translate('progress.last-error', { text: lastErrorText(last, translate) }),
    );
}

/** Nothing is accepted that does not say so. */
function requireSuccess(bytes: Buffer, contactId: string | null): void {
  const text = bytes.toString('latin1');
  if (!/^HTTP\/1\.[01] 2\d\d/u.test(text) || !/"success"\s*:\s*true/u.test(text))
    throw new Error('accepted without a word');
  if ((contactId ?? '').length > 256) throw new Error('a contact id without an end');
}

async function list(baseUrl: string, answerWith: (bytes: Buffer) => void, dice: Dice): Promise<void> {
  const provider = dice.oneOf(['plazbot', 'platica', 'chatbotx'] as const);
  answerWith(anyAnswer(provider, dice));
  const opened = listOf(provider, baseUrl);
  if (!opened.ok) throw new Error('the list was not opened');
  const columns = [...conversationColumns, RAW_COLUMN];
  const csv = conversationListText('csv', columns, { withRaw: false, delimiter: ',', asFile: false });
  const lines = conversationListText('jsonl', columns, { withRaw: false, delimiter: ',', asFile: false });
  let pages = 0;
  for await (const event of opened.value) {
    if (event.kind === 'notice') requireSayable([event.notice]);
    if (event.kind === 'end' && event.end.kind === 'failed') requireSayable([event.end.problem]);
    if (event.kind !== 'page') continue;
    pages += 1;
    const found = event.page.records.map(({ conversation }) => conversation);
    const formulas = formulasIn(csv.page(found));
    if (formulas.length > 0) throw new Error(`a formula: ${formulas[0]}`);
    const raw = rawIn(lines.page(found));
    if (raw.length > 0) throw new Error(`JSON lines hold ${raw.join(' ')}`);
    for (const line of lines.page(found).split('\n')) if (line !== '') JSON.parse(line);
    if (pages > 50) throw new Error('a list in circles');
  }
}

function listOf(provider: 'plazbot' | 'platica' | 'chatbotx', baseUrl: string): Result<ConversationPages> {
  const deps = { baseUrl, ...surroundings(), attempts: 1, timeoutMs: 2_000 };
  if (provider === 'plazbot')
    return listPlazbot({ ...deps, workspaceId: WORKSPACE, apiKey: null, api: 'classic' });
  const options = readListOptions(provider, {});
  if (!options.ok) throw new Error('options');
  return provider === 'platica'
    ? listPlatica({ ...deps, apiKey: WORKSPACE, options: options.value })
    : listChatbotx({ ...deps, token: WORKSPACE, options: options.value });
}

async function campaign(folder: string, dice: Dice): Promise<void> {
  const file = join(folder, 'campaign.yaml');
  writeFileSync(file, anyYaml(dice));
  const read = await readCampaign(file);
  if (!read.ok) {
    if (read.problems.length === 0 || read.problems.length > 51)
      throw new Error(`${read.problems.length} problems`);
    return requireSayable(read.problems);
  }
  writeFileSync(join(folder, 'r.csv'), anyRows(dice));
  const { recipients, fixValues } = read.value.campaign;
  const source = { ...recipients, file: join(folder, 'r.csv') };
  const opened = await openRecipients(source, { render: read.value.renderer, fixValues });
  if (!opened.ok) return requireSayable(opened.problems);
  try {
    for await (const batch of opened.value.batches) {
      const messages = batch.flatMap((verdict) => (verdict.kind === 'recipient' ? [verdict.recipient] : []));
      for (const translate of says) {
        const terminal = { onScreen: true, columns: () => 80 } as Parameters<
          typeof messageLines
        >[1]['terminal'];
        requireHarmless('a preview', messageLines(messages.slice(0, 3), { translate, terminal }).join('\n'));
      }
      const rejections = batch.flatMap((verdict) =>
        verdict.kind === 'rejection' ? [verdict.rejection] : [],
      );
      for (const { reason, column, value } of rejections) {
        for (const translate of says)
          requireHarmless('a rejection', translate(rowSentence(reason, { column, value })));
      }
    }
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    requireSayable(error.problems);
  }
}

const EXPECTED = [0, 1, 2, 3, 5];

async function command(baseUrl: string, answerWith: (bytes: Buffer) => void, dice: Dice): Promise<number> {
  const { place, remove } = cliPlaceIn({ PLAZBOT_BASE_URL: baseUrl, PLAZBOT_WORKSPACE_ID: WORKSPACE });
  try {
    answerWith(anyAnswer(dice.chance(0.6) ? 'send' : 'plazbot', dice));
    place.write('campaign.yaml', dice.chance(0.5) ? anyYaml(dice) : GOOD_YAML);
    place.write('r.csv', anyRows(dice));
    const words = dice.oneOf([
      ['check', 'campaign.yaml'],
      ['check', 'campaign.yaml', '--json'],
      ['send', 'campaign.yaml', '--yes', '--no-wait', '--log-level', 'debug', '--log-format', 'text'],
      ['send', 'campaign.yaml', '--yes', '--no-wait', '--json'],
      ['conversations', '--from', 'plazbot', '--format', 'jsonl', '--max', '5'],
      ['doctor'],
    ]);
    const running = place.start(words, dice.chance(0.5) ? { FORCE_COLOR: '1' } : {});
    let megabytes = 0;
    const watch = setInterval(() => {
      megabytes = Math.max(megabytes, largestOf(running.process.pid));
    }, 20);
    // A pause that a provider asked for is kept; the stop ends it.
    const patience = setTimeout(() => running.process.kill('SIGINT'), 45_000);
    const { code, said } = await running.ended;
    clearInterval(watch);
    clearTimeout(patience);
    if (!EXPECTED.includes(code ?? -1) && code !== 130)
      throw new Error(`${words.join(' ')} ended with ${code}: ${said}`);
    requireHarmless(words.join(' '), said.replace(OWN_COLOURS, ''));
    return megabytes;
  } finally {
    remove();
  }
}

const GOOD_YAML =
  'name: a\ntemplate: t\nrecipients: r.csv\nrate: 100/s\ntimeout: 2s\nuncertain: { settle: 1s, resend: never }\n';

/** The largest size that a process had so far, as Linux tells it. */
function largestOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmHWM:\s*(\d+)/u.exec(status)?.[1] ?? 0) / 1000);
  } catch {
    return 0;
  }
}

/** Dice for one round, so that a round can be run again. */
export function diceOf(seed: number): Dice {
  return new Dice(seed);
}
