import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultRule } from '../../src/sandbox/faults/rules.js';
import { executionsByPhone } from '../sandbox/read-log.js';
import { recipientsCsv } from '../support/run-cli.js';
import { type Screen, screenIn, TMUX } from '../support/screen.js';
import { API_KEY, type SendingPlace, sendingPlace, WORKSPACE } from '../support/sending-place.js';

/** A screen on which commands send to the sandbox of the place. */
function screenOf(place: SendingPlace, lang: string): Screen {
  const credentials = { PLAZBOT_WORKSPACE_ID: WORKSPACE, PLAZBOT_API_KEY: API_KEY };
  return screenIn(place, { ...credentials, PLAZBOT_BASE_URL: place.url, LANG: lang });
}

const ENDED = '; echo "ended with $?"';
const PLACE_NAME = `a question on a real screen${TMUX === null ? ' (skipped: tmux is not installed)' : ''}`;

describe.skipIf(TMUX === null)(PLACE_NAME, () => {
  it.each(['s', 'sí', 'SI'])('takes the answers of its language: %s', async (yes) => {
    const place = await sendingPlace(3);
    const screen = screenOf(place, 'es_PE.UTF-8');
    screen.runs('send', 'sale');
    await screen.shows(/¿Enviar 3 mensajes de la campaña "sale" por 127[\s\S]*desde ahora\? \(s\/N\)/u);
    screen.keys(yes, 'Enter');
    await screen.shows('3 aceptados');
  });

  it('is asked again after an unclear answer, and Enter is a no', async () => {
    const place = await sendingPlace(3);
    const screen = screenOf(place, 'es_PE.UTF-8');
    screen.runs('send', 'sale', ENDED);
    await screen.shows('(s/N)');
    screen.keys('y', 'Enter');
    await screen.shows('Escriba s para sí o n para no.');
    screen.keys('Enter');
    await screen.shows('No se envió nada. Quedan 3 mensajes por enviar');
    await screen.shows('ended with 0');
    expect(executionsByPhone(place.logFile).size).toBe(0);
  });

  it('takes the next answer as it is typed: the unclear one is gone', async () => {
    const place = await sendingPlace(3);
    const screen = screenOf(place, 'es_PE.UTF-8');
    screen.runs('send', 'sale');
    await screen.shows('(s/N)');
    screen.keys('y', 'Enter');
    await screen.shows('Escriba s para sí o n para no.');
    screen.keys('s', 'Enter');
    await screen.shows('3 aceptados');
  });

  it('for a password shows a star for each sign, and nothing in another language', async () => {
    const screen = screenOf(await sendingPlace(1), 'es_PE.UTF-8');
    screen.runs('user', 'add', 'ana', '--role', 'admin', ENDED);
    expect((await screen.shows('Contraseña')).replaceAll(/\$.*/gu, '')).not.toMatch(/masked|toggle/u);
    screen.keys('secreta');
    expect(await screen.shows(/\*{7}/u)).not.toMatch(/secreta|toggle/u);
    screen.keys('C-c');
    await screen.shows('ended with 130');
  });

  it('breaks between words: the workspace can be read and copied', async () => {
    const place = await sendingPlace(3);
    const screen = screenOf(place, 'en_US.UTF-8');
    for (const columns of [80, 74, 66, 58]) {
      screen.resize(columns);
      screen.runs('send', 'sale');
      expect(await screen.shows('(y/N)')).toMatch(
        /as\s+workspace\s+ws-[\da-f]{16},\s+from\s+now\s+on\?\s+\(y\/N\)/u,
      );
      screen.keys('n', 'Enter');
      await screen.shows('Nothing was sent.');
    }
  });

  it('tells from when on, outside of the window', async () => {
    const hour = new Date().getUTCHours();
    const two = (value: number): string => String(value % 24).padStart(2, '0');
    const schedule = `{ window: "${two(hour + 3)}:00-${two(hour + 4)}:00", timezone: UTC }`;
    const screen = screenOf(await sendingPlace(3, { schedule }), 'en_US.UTF-8');
    screen.runs('send', 'sale');
    const shown = await screen.shows('(y/N)');
    expect(shown.replaceAll(/\s+/gu, ' ')).toMatch(
      new RegExp(`from [\\d, -]*${two(hour + 3)}:00 UTC on\\?`, 'u'),
    );
  });

  it.each(['C-c', 'C-d'])(
    'that is interrupted by %s sends nothing, and the exit code says so',
    async (key) => {
      const place = await sendingPlace(3);
      const screen = screenOf(place, 'en_US.UTF-8');
      screen.runs('send', 'sale', ENDED);
      await screen.shows('(y/N)');
      screen.keys(key);
      const shown = await screen.shows('ended with 130');
      expect(shown).toContain('Nothing was sent. 3 messages stay to send');
      expect(shown).not.toContain('Warning');
      expect((await place.json(['status', 'sale'])).json).toMatchObject({ counts: { pending: 3 } });
    },
  );

  it.each([
    [0, 'C-c'],
    [1, 'C-c'],
    [2, 'C-c'],
    [0, 'C-d'],
    [1, 'C-d'],
  ])('of init that is interrupted writes nothing and is no bug (question %i, %s)', async (question, key) => {
    const place = await sendingPlace(1);
    const screen = screenIn(place, { LANG: 'en_US.UTF-8' });
    screen.runs('init', 'new', ENDED);
    for (const asked of ['Name of the approved', 'Kind of message', 'Country of numbers'].slice(
      0,
      question,
    )) {
      await screen.shows(asked);
      screen.keys('Enter');
    }
    await screen.shows(['Name of the approved', 'Kind of message', 'Country of numbers'][question] ?? '');
    screen.keys(key);
    expect(await screen.shows('ended with 130')).not.toMatch(/bug|Warning/u);
    expect(existsSync(place.path('new'))).toBe(false);
  });
});

describe.skipIf(TMUX === null)('init where the provider tells its templates', () => {
  it('offers them, shows the text of the chosen one, and asks for each of its variables', async () => {
    const place = await sendingPlace(1);
    place.write('people.csv', 'Celular;Producto;Nombre;Distrito\n987654321;Olla;Ana;Lima\n');
    const screen = screenOf(place, 'en_US.UTF-8');
    screen.runs('init', 'new', '--from', 'people.csv', ENDED);
    await screen.shows(/Approved template[\s\S]*bienvenida_es/u);
    screen.keys('Enter');
    await screen.shows('gracias por su compra');
    await screen.shows('Kind of message');
    screen.keys('Enter');
    await screen.shows('Country of numbers');
    screen.keys('Enter');
    await screen.shows('Column for {{1}} in the header');
    screen.keys('Down', 'Enter');
    await screen.shows('Column for {{1}} in the text');
    screen.keys('Enter');
    await screen.shows('Column for {{2}} in the text');
    screen.keys('Enter');
    await screen.shows('ended with 0');
    const yaml = place.read('new/campaign.yaml');
    expect(yaml).toContain('template: bienvenida_es');
    expect(yaml).toMatch(/header:\n {4}"1": '\{\{.+\}\}'\n {2}body:\n {4}"1": .+\n {4}"2": .+\n/u);
    expect((await place.json(['check', 'new'])).json).toMatchObject({ counts: { pending: 1 }, exitCode: 0 });
  });

  it('asks for a name where they cannot be read', async () => {
    const place = await sendingPlace(1);
    const screen = screenIn(place, {
      PLAZBOT_WORKSPACE_ID: WORKSPACE,
      PLAZBOT_BASE_URL: 'http://127.0.0.1:9',
      LANG: 'C',
    });
    screen.runs('init', 'new');
    await screen.shows('Name of the approved template');
  });
});

describe('a command that would ask, without a terminal', () => {
  it.each([['send'], ['retry']])('%s refuses, and names --yes', async (command) => {
    const faults = command === 'retry' ? [faultRule('code-131026', { nth: 2 })] : [];
    const place = await sendingPlace(3, {}, { faults });
    if (command === 'retry') await place.json(['send', 'sale', '--limit', '2', '--concurrency', '1']);
    const { code, stderr } = await place.run([command, 'sale', '--no-yes']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('--yes')]);
    expect(executionsByPhone(place.logFile).size).toBe(command === 'retry' ? 1 : 0);
  });

  it('sends to the sandbox, of which nothing is asked, and ends well when there is nothing to send', async () => {
    const place = await sendingPlace(3);
    expect((await place.run(['send', 'sale', '--sandbox', '--no-yes'])).code).toBe(0);
    await place.run(['send', 'sale']);
    expect((await place.run(['send', 'sale', '--no-yes'])).code).toBe(0);
    place.write('sale/recipients.csv', recipientsCsv(4));
    expect((await place.run(['send', 'sale', '--no-yes'])).code).toBe(2);
  });
});
