import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ON_WINDOWS } from '../support/on-windows.js';
import { phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

/** One command, and the files whose names it is given. */
export interface Step {
  readonly args: readonly string[];
  /** Its exit code. */
  readonly code: number;
  readonly named?: readonly string[];
  /** It runs until it is stopped. */
  readonly serves?: boolean;
}

/** Every command once at least, so that whatever can be written is written. The order matters. */
export const STEPS: readonly Step[] = [
  { args: ['init', 'new'], code: 0 },
  { args: ['check', 'sale'], code: 1 },
  { args: ['test', 'sale', '--to', `+${phoneNumber(900)}`, '--yes'], code: 0 },
  {
    args: ['send', 'sale', '--yes', '--log-level', 'debug', '--log-file', 'run.log'],
    code: 1,
    named: ['run.log'],
  },
  { args: ['send', 'sale', '--sandbox'], code: 1 },
  { args: ['status', 'sale'], code: 0 },
  { args: ['retry', 'sale', '--yes'], code: 0 },
  { args: ['reconcile', 'sale', '--audit'], code: 0 },
  { args: ['reconcile', 'sale', '--audit', '-o', 'audit.csv'], code: 0, named: ['audit.csv'] },
  { args: ['report', 'sale'], code: 0 },
  { args: ['report', 'sale', '--format', 'html'], code: 0 },
  { args: ['report', 'sale', '--format', 'json'], code: 0 },
  { args: ['report', 'sale', '-o', 'report.csv'], code: 0, named: ['report.csv'] },
  { args: ['suppress', 'add', phoneNumber(901)], code: 0 },
  { args: ['suppress', 'export', '-o', 'stop.csv'], code: 0, named: ['stop.csv'] },
  { args: ['conversations', '--from', 'plazbot', '-o', 'list.csv'], code: 0, named: ['list.csv'] },
  { args: ['audience', '--from', 'platica', '-o', 'people.csv'], code: 0, named: ['people.csv'] },
  { args: ['pause', 'sale'], code: 0 },
  { args: ['resume', 'sale'], code: 0 },
  { args: ['cancel', 'sale'], code: 0 },
  { args: ['backup', 'copy.db'], code: 0, named: ['copy.db'] },
  { args: ['forget', phoneNumber(901), '--yes'], code: 0 },
  { args: ['log', 'export', '-o', 'log.csv'], code: 0, named: ['log.csv'] },
  { args: ['templates'], code: 0 },
  { args: ['doctor'], code: 0 },
  { args: ['sandbox'], code: 0, serves: true },
  { args: ['serve', '--port', '0', '--no-open'], code: 0, serves: true },
  { args: ['work'], code: 2 },
  { args: ['user', 'add', 'ana', '--role', 'admin', '--oidc', 'ana'], code: 0 },
  { args: ['ledger', 'copy', 'plazcast.db', 'moved.db'], code: 0, named: ['moved.db'] },
];

/** A place in which every command of `STEPS` has something to do. */
export async function busyPlace(): Promise<SendingPlace> {
  const place = await sendingPlace(3);
  const env = { PLATICA_BASE_URL: place.url, PLATICA_API_KEY: 'any' };
  // Nothing takes the notice; its report is written before it is posted.
  place.write(
    'sale/campaign.yaml',
    `${place.read('sale/campaign.yaml')}notify: { webhook: "${place.url}/hook" }\n`,
  );
  place.write('sale/recipients.csv', `${recipientsCsv(3)}no number,Eva\n`);
  return {
    ...place,
    run: (args, more) => place.run(args, { ...env, ...more }),
    runProcess: (args, more) => place.runProcess(args, { ...env, ...more }),
  };
}

/** Runs a step to its end, whatever comes of it. */
export async function runStep(
  place: SendingPlace,
  { args, serves = false }: Step,
): ReturnType<SendingPlace['run']> {
  if (!serves) return place.run(args);
  const running = place.start(args);
  await running.says('http://').catch(() => undefined);
  running.process.kill(ON_WINDOWS ? 'SIGKILL' : 'SIGINT');
  return running.ended;
}

/** Everything below the place's root (working folder and state), by its path there: files, folders and links. */
export function everythingIn(place: SendingPlace): ReadonlyMap<string, Entry> {
  const root = rootOf(place);
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path), { kind: kindOf(entry), mode: lstatSync(path).mode & 0o777 }];
    }),
  );
}

/** What has a name. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'link';
  readonly mode: number;
}

/** The folder above the working folder and the state folder. */
export function rootOf({ folder }: SendingPlace): string {
  return dirname(folder);
}

function kindOf(entry: Dirent): Entry['kind'] {
  if (entry.isSymbolicLink()) return 'link';
  return entry.isDirectory() ? 'folder' : 'file';
}
