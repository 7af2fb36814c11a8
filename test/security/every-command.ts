import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { phoneNumber, recipientsCsv } from '../support/run-cli.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

/** One command, and the files whose names it is given. */
export interface Step {
  readonly args: readonly string[];
  readonly named?: readonly string[];
  /** It runs until it is stopped. */
  readonly serves?: boolean;
}

/** Every command once at least, so that whatever can be written is written. The order matters. */
export const STEPS: readonly Step[] = [
  { args: ['init', 'new'] },
  { args: ['check', 'sale'] },
  { args: ['test', 'sale', '--to', `+${phoneNumber(900)}`, '--yes'] },
  { args: ['send', 'sale', '--yes', '--log-level', 'debug', '--log-file', 'run.log'], named: ['run.log'] },
  { args: ['send', 'sale', '--sandbox'] },
  { args: ['status', 'sale'] },
  { args: ['retry', 'sale', '--yes'] },
  { args: ['reconcile', 'sale', '--audit'] },
  { args: ['reconcile', 'sale', '--audit', '-o', 'audit.csv'], named: ['audit.csv'] },
  { args: ['report', 'sale'] },
  { args: ['report', 'sale', '--format', 'html'] },
  { args: ['report', 'sale', '--format', 'json'] },
  { args: ['report', 'sale', '-o', 'report.csv'], named: ['report.csv'] },
  { args: ['suppress', 'add', phoneNumber(901)] },
  { args: ['suppress', 'export', '-o', 'stop.csv'], named: ['stop.csv'] },
  { args: ['conversations', '--from', 'plazbot', '-o', 'list.csv'], named: ['list.csv'] },
  { args: ['audience', '--from', 'platica', '-o', 'people.csv'], named: ['people.csv'] },
  { args: ['pause', 'sale'] },
  { args: ['resume', 'sale'] },
  { args: ['cancel', 'sale'] },
  { args: ['backup', 'copy.db'], named: ['copy.db'] },
  { args: ['forget', phoneNumber(901), '--yes'] },
  { args: ['doctor'] },
  { args: ['sandbox'], serves: true },
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
  running.process.kill('SIGINT');
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
