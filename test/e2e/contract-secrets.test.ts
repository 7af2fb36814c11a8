import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answering, SENT } from '../providers/plazbot/local-servers.js';
import { API_KEY, sendingPlace, WORKSPACE } from '../support/sending-place.js';

/** Every file below a folder. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

test('a credential that the provider echoes stands in no output and no file', async () => {
  const echo = `key ${API_KEY} of ${WORKSPACE} at ${'x'.repeat(250)} ${WORKSPACE}`;
  const said = JSON.stringify({ success: false, code: 400, errorCode: API_KEY, message: echo });
  const answers = [
    { status: 400, body: said },
    { status: 500, body: echo },
    { status: 200, body: JSON.stringify({ success: true, data: { contactId: WORKSPACE } }) },
    SENT,
    { status: 401, body: said },
  ];
  const { url } = await answering(...answers);
  const { run, folder } = await sendingPlace(6, { uncertain: '{ resend: never }' });
  const env = { PLAZBOT_BASE_URL: url };
  const ends = [
    await run(['send', 'sale', '--concurrency', '1', '--log-level', 'debug', '--log-file', 'log.txt'], env),
    await run(['status', 'sale'], env),
    await run(['status', 'sale', '--json'], env),
    await run(['report', 'sale', '--format', 'csv'], env),
    await run(['report', 'sale', '--format', 'html'], env),
    await run(['report', 'sale', '--format', 'json'], env),
  ];
  expect(ends[0]?.code).toBe(3);
  for (const secret of [API_KEY, WORKSPACE, WORKSPACE.slice(0, 14)]) {
    for (const end of ends) expect(end.said).not.toContain(secret);
    for (const file of filesBelow(join(folder, '..')))
      expect([file, readFileSync(file).includes(secret)]).toEqual([file, false]);
  }
});
