import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { answeringServer, answerJson } from '../support/answering.js';
import { expectMode, ON_WINDOWS } from '../support/on-windows.js';
import { type CliPlace, campaignYaml, cliPlace, phoneNumber, recipientsCsv } from '../support/run-cli.js';

type Line = Readonly<Record<string, unknown>>;

const WORKSPACE = 'workspace-7c2a90';

/** A provider that accepts everybody but the first person, and repeats phone and workspace when it refuses. */
function provider(): Promise<string> {
  return answeringServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      const { destination } = JSON.parse(body) as { destination: string };
      const message = `(#131026) ${WORKSPACE} cannot reach +${destination.slice(0, 2)} ${destination.slice(2)}`;
      const refused = destination === phoneNumber(0);
      answerJson(response, refused ? { success: false, message } : { success: true, contactId: 'c-1' });
    });
  });
}

async function placeWithCampaign(people: number): Promise<CliPlace> {
  const place = cliPlace({ PLAZBOT_BASE_URL: await provider(), PLAZBOT_WORKSPACE_ID: WORKSPACE });
  place.write('campaign.yaml', campaignYaml());
  place.write('recipients.csv', recipientsCsv(people));
  return place;
}

function linesIn(text: string): readonly Line[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

const events = (lines: readonly Line[]): readonly unknown[] => lines.map((line) => line['event']);

describe('the log of a run', () => {
  it('has a line per attempt at debug, with ids that join with the ledger', async () => {
    const place = await placeWithCampaign(3);
    await place.run(['send', 'campaign.yaml', '--log-file', 'run.log', '--log-level', 'debug']);
    const lines = linesIn(place.read('run.log'));
    expect(events(lines)).toEqual(['run-start', 'attempt', 'attempt', 'attempt', 'run-end']);
    const db = new Database(place.ledger, { readonly: true });
    const attempts = db
      .prepare('SELECT id AS attempt_id, delivery_id, run_id, outcome, http_status FROM attempts ORDER BY id')
      .all() as Line[];
    db.close();
    const logged = lines.filter((line) => line['event'] === 'attempt');
    for (const attempt of attempts) {
      expect(logged).toContainEqual(expect.objectContaining({ campaign: 'sale', ...attempt }));
    }
    expect(lines.at(-1)).toMatchObject({ exit_code: 1, sent: 3, accepted: 2, counts: { refused: 1 } });
  });

  it('holds no whole phone and no credential, also where the provider repeats them', async () => {
    const place = await placeWithCampaign(2);
    const end = await place.run([
      'send',
      'campaign.yaml',
      '--log-level',
      'debug',
      '--log-format',
      'json',
      '--json',
    ]);
    const refused = linesIn(
      end.stderr
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .join('\n'),
    ).find((line) => line['outcome'] === 'refused');
    expect(refused).toMatchObject({ phone: '5191•••••00', error_code: '131026' });
    expect(refused?.['error_message']).toContain('5191•••••00');
    const log = end.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .join('\n');
    expect(log).not.toContain(WORKSPACE);
    expect(log.replace(/[ +]/gu, '')).not.toContain(phoneNumber(0));
    expect(end.json).toMatchObject({ campaign: 'sale' });
  });

  it('shows phones where --log-phones asks for it, and credentials never', async () => {
    const place = await placeWithCampaign(1);
    await place.run([
      'send',
      'campaign.yaml',
      '--log-file',
      'run.log',
      '--log-level',
      'debug',
      '--log-phones',
    ]);
    expect(place.read('run.log')).toContain(`"phone":"${phoneNumber(0)}"`);
    expect(place.read('run.log')).not.toContain(WORKSPACE);
  });

  it('is appended to a file that only its owner can read', async () => {
    const place = await placeWithCampaign(1);
    await place.run(['send', 'campaign.yaml', '--log-file', 'run.log']);
    await place.run(['send', 'campaign.yaml', '--log-file', 'run.log']);
    expectMode(place.path('run.log'), 0o600);
    expect(events(linesIn(place.read('run.log')))).toEqual(['run-start', 'run-end', 'run-start', 'run-end']);
  });

  it('names the halt', async () => {
    const place = await placeWithCampaign(1);
    place.write('campaign.yaml', campaignYaml({ onRejected: 'stop' }));
    place.write('recipients.csv', `${recipientsCsv(1)}nobody,Ana\n`);
    await place.run(['send', 'campaign.yaml', '--log-file', 'run.log']);
    const halt = linesIn(place.read('run.log')).find((line) => line['event'] === 'run-halt');
    expect(halt).toMatchObject({ level: 'info', code: 'halt.rejected' });
  });

  it('can be text', async () => {
    const place = await placeWithCampaign(1);
    await place.run(['send', 'campaign.yaml', '--log-file', 'run.log', '--log-format', 'text']);
    expect(place.read('run.log')).toMatch(/INFO.*run started .*"campaign":"sale"/u);
  });

  it('is not there unless it is asked for', async () => {
    const place = await placeWithCampaign(1);
    const { stderr } = await place.run(['send', 'campaign.yaml']);
    expect(stderr).not.toContain('run started');
  });

  it('that cannot be opened ends the command before anything is sent', async () => {
    const place = await placeWithCampaign(1);
    const { code, stderr } = await place.run(['send', 'campaign.yaml', '--log-file', 'no/such/folder.log']);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be opened (ENOENT). Nothing was sent.');
    expect(() => readFileSync(place.ledger)).toThrow();
  });

  it.skipIf(ON_WINDOWS)('into a pipe that nobody reads ends the command, too', async () => {
    const place = await placeWithCampaign(1);
    execFileSync('mkfifo', [place.path('pipe')]);
    // Who waits for a pipe does not come back.
    const { code, stderr } = await place.runProcess(['send', 'campaign.yaml', '--log-file', 'pipe']);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be opened (ENXIO). Nothing was sent.');
  });

  it('says why a command could not begin', async () => {
    const place = cliPlace();
    await place.run(['send', 'nowhere', '--log-file', 'run.log']);
    expect(linesIn(place.read('run.log'))).toMatchObject([
      { level: 'error', event: 'failure', exit_code: 2 },
    ]);
  });
});
