import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The main job end to end against the embedded sandbox: check, send, send again (0 sent), reports. Ends with a
 * failure when the second send sends anything.
 */
const ROOT = resolve(import.meta.dirname, '../..');
/** Two demos at once need folders of their own: each writes beside its campaigns, too. */
const OUTPUT = process.env['DEMO_OUTPUT'] ?? join(ROOT, 'demo-output');
const CAMPAIGNS = process.env['DEMO_CAMPAIGNS'] ?? join(ROOT, 'campaigns');
const CLI = join(ROOT, 'dist/main.js');

interface Sent {
  readonly run?: { readonly sent: number };
  readonly counts: { readonly accepted: number };
}

/** Runs a command as a person would; `expected` are exit codes that are no failure. */
function plazcast(args: readonly string[], expected: readonly number[], json = false): string {
  process.stdout.write(`\n$ npx plazcast ${args.map((arg) => arg.replace(`${ROOT}/`, '')).join(' ')}\n`);
  const ledger = ['--ledger', join(OUTPUT, 'plazcast.db'), '--yes', ...(json ? ['--json'] : [])];
  const done = spawnSync(process.execPath, [CLI, ...args, ...ledger], {
    cwd: ROOT,
    // What it says to type next is typed with npx.
    env: {
      ...process.env,
      npm_lifecycle_event: 'npx',
      npm_lifecycle_script: 'plazcast',
      PLAZCAST_STATE_DIR: join(OUTPUT, 'state'),
    },
    stdio: ['ignore', json ? 'pipe' : 'inherit', 'inherit'],
    encoding: 'utf8',
  });
  if (!expected.includes(done.status ?? -1)) {
    process.stdout.write(`\nThe demo failed: exit code ${done.status}\n`);
    process.exit(1);
  }
  return done.stdout ?? '';
}

rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });

/** The sandbox takes as many as are sent: nobody has to wait for the rate of a real campaign. */
const RATE = '1000/s';

const names = ['welcome', 'payment-reminder', 'appointment'];
const campaigns = names.map((name) => join(CAMPAIGNS, name));
// Exit code 1: the samples hold rows that offices damage, which is what check is for.
plazcast(['check', ...campaigns], [0, 1]);
plazcast(['send', ...campaigns, '--sandbox', '--rate', RATE], [0, 1]);
const again = JSON.parse(plazcast(['send', ...campaigns, '--sandbox'], [0, 1], true)) as {
  readonly campaigns: readonly Sent[];
};
const sent = again.campaigns.reduce((sum, { run }) => sum + (run?.sent ?? 0), 0);
const accepted = again.campaigns.reduce((sum, { counts }) => sum + counts.accepted, 0);
process.stdout.write(`sent the second time: ${sent}, accepted in all: ${accepted}\n`);
if (sent !== 0) process.exit(1);
for (const format of ['csv', 'html']) {
  const file = join(OUTPUT, `welcome.${format}`);
  plazcast(['report', campaigns[0] ?? '', '--sandbox', '--format', format, '-o', file], [0]);
}
process.stdout.write(`\nOpen this in a browser: ${join(OUTPUT, 'welcome.html')}\n`);
process.stdout.write('For the same in the browser, from a list to a sent campaign: npm start\n');
