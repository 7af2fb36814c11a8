import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { countExecutions } from '../sandbox/read-log.js';
import { expectMode, ON_WINDOWS } from '../support/on-windows.js';
import { type SendingPlace, sendingPlace } from '../support/sending-place.js';

const SEND = ['send', 'sale', '--yes'];

/** The one file in which the campaign's ledger is remembered. */
function memoryOf(place: SendingPlace): string {
  const [name = ''] = readdirSync(join(place.stateDir, 'ledgers'));
  return join(place.stateDir, 'ledgers', name);
}

test('what is remembered can be read by its owner alone', async () => {
  const place = await sendingPlace(1);
  await place.run(SEND);
  const file = memoryOf(place);
  expectMode(file, 0o600);
  expectMode(join(file, '..'), 0o700);
  expect(readdirSync(join(file, '..'))).toHaveLength(1);
});

test('what is remembered, damaged, lets nothing be sent until --accept-ledger', async () => {
  const place = await sendingPlace(2);
  await place.run([...SEND, '--limit', '1']);
  writeFileSync(memoryOf(place), 'not json');
  const refused = await place.json(SEND);
  expect(refused.code, refused.said).toBe(2);
  expect(refused.json).toMatchObject({ problems: [{ code: 'ledger.memory-damaged' }] });
  expect(refused.stderr).toContain('--accept-ledger');
  expect((await place.run([...SEND, '--lang', 'es'])).stderr).toContain('está dañado');
  expect(countExecutions(place.logFile)).toBe(1);
  expect((await place.run([...SEND, '--accept-ledger'])).code).toBe(0);
  expect((await place.run(SEND)).code).toBe(0);
  expect(countExecutions(place.logFile)).toBe(2);
});

test('who was taken out last, damaged, lets nothing be sent until --accept-ledger', async () => {
  const place = await sendingPlace(1);
  await place.run(['suppress', 'add', '+51999999999']);
  const [name = ''] = readdirSync(join(place.stateDir, 'taken-out'));
  writeFileSync(join(place.stateDir, 'taken-out', name), '{"action":"1"}');
  await place.run(['suppress', 'add', '+51999999998']);
  expect((await place.json(SEND)).json).toMatchObject({ problems: [{ code: 'ledger.memory-damaged' }] });
  expect((await place.run([...SEND, '--accept-ledger'])).code).toBe(0);
  expect((await place.run(SEND)).code).toBe(0);
  expect(countExecutions(place.logFile)).toBe(1);
});

describe('a state folder', () => {
  test('that cannot be written is refused before anything is sent, and check foretells it', async () => {
    const place = await sendingPlace(2);
    await place.run([...SEND, '--limit', '1']);
    const folder = join(place.stateDir, 'ledgers');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    for (const command of [SEND, ['check', 'sale']]) {
      const end = await place.run(command);
      expect(end.code, end.said).toBe(2);
      expect(end.stderr).toContain(folder);
      expect(end.stderr).toContain('PLAZCAST_STATE_DIR');
      const spanish = await place.run([...command, '--lang', 'es']);
      expect(spanish.stderr).toContain('No se puede');
    }
    expect(countExecutions(place.logFile)).toBe(1);
  });

  test('in which nobody can note who was taken out takes them out all the same, and nothing is sent', async () => {
    const place = await sendingPlace(2);
    const folder = join(place.stateDir, 'taken-out');
    mkdirSync(place.stateDir, { recursive: true });
    writeFileSync(folder, 'in the way');
    expect((await place.run(['suppress', 'add', '+51910000000'])).code).toBe(0);
    for (const command of [SEND, ['check', 'sale']]) {
      const end = await place.run(command);
      expect([end.code, end.stderr], end.said).toEqual([2, expect.stringContaining(folder)]);
    }
    rmSync(folder);
    expect((await place.run(SEND)).code).toBe(0);
    expect(countExecutions(place.logFile)).toBe(1);
  });

  test.each(['send', 'check', 'status'])(
    'that nobody names, without a home: %s says what to do',
    async (name) => {
      const place = await sendingPlace(1);
      await place.run(SEND);
      const homeless = { PLAZCAST_STATE_DIR: '', HOME: 'nowhere' };
      const end = await place.run([name, 'sale'], homeless);
      expect(end.code, end.said).toBe(2);
      expect(end.stderr).toContain('Name a folder of yours in PLAZCAST_STATE_DIR');
      const spanish = await place.run([name, 'sale', '--lang', 'es'], homeless);
      expect(spanish.stderr).toContain('Indique una carpeta suya en PLAZCAST_STATE_DIR');
      expect(readdirSync(place.folder).filter((file) => !file.startsWith('plazcast.db'))).toEqual(['sale']);
    },
  );

  // Windows has another variable for it.
  test.skipIf(ON_WINDOWS)(
    'that is relative in XDG_STATE_HOME would be another one everywhere: the one in the home counts',
    async () => {
      const place = await sendingPlace(1);
      await place.run(SEND, { PLAZCAST_STATE_DIR: undefined, XDG_STATE_HOME: 'state' });
      expect(readdirSync(join(place.folder, '..', '.local', 'state'))).toEqual(['plazcast']);
      expect(readdirSync(place.folder)).not.toContain('state');
    },
  );
});
