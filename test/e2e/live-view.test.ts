import { describe, expect, it } from 'vitest';
import { type CliPlace, campaignYaml, cliPlace, IN_SHELL, recipientsCsv } from '../support/run-cli.js';
import { screenIn, TMUX } from '../support/screen.js';

const NAME = `the live view on a real screen${TMUX === null ? ' (skipped: tmux is not installed; Debian: apt-get install tmux)' : ''}`;

function placeWith(people: number): CliPlace {
  const place = cliPlace();
  place.write('campaign.yaml', campaignYaml());
  place.write('recipients.csv', recipientsCsv(people));
  return place;
}

const SEND = ['send', 'campaign.yaml', '--sandbox', '--yes'];

describe.skipIf(TMUX === null)(NAME, () => {
  it('is drawn over itself, stays as the last picture, and the summary follows', async () => {
    const screen = screenIn(placeWith(120));
    screen.runs(...SEND, '--rate', '20/s');
    await screen.shows(/░ \d+% {2}\d+ of 120/u);
    const shown = await screen.shows('120 accepted, 0 refused');
    expect(shown).toMatch(/█ 100% {2}120 of 120\naccepted 120 · refused 0 · uncertain 0 · skipped 0\n/u);
    expect(shown.match(/ of 120/gu)).toHaveLength(1);
  });

  it('follows a window that becomes narrow, and leaves nothing of the old picture behind', async () => {
    const screen = screenIn(placeWith(400));
    screen.runs(...SEND, '--rate', '20/s');
    await screen.shows(/[1-9]\d* of 400/u);
    screen.resize(40);
    const narrow = await screen.shows(/uncertain 0\nskipped 0/u);
    expect(narrow.match(/ of 400/gu)).toHaveLength(1);
    screen.resize(80);
    const wide = await screen.shows('uncertain 0 · skipped 0');
    expect(wide.match(/ of 400/gu)).toHaveLength(1);
  });

  it('leaves nothing of the old picture behind where pictures came between a new width and the news of it', async () => {
    const place = placeWith(400);
    place.write('send.sh', `echo $$ >send.pid\nexec ${[IN_SHELL, ...SEND].join(' ')} --rate 20/s\n`);
    const screen = screenIn(place);
    // A command in the background is not told that the window was resized.
    screen.keys('clear; sh send.sh &', 'Enter');
    await screen.shows(/[1-9]\d* of 400/u);
    screen.resize(40);
    await screen.shows(/^accepted \d{3} ·/mu);
    process.kill(Number(place.read('send.pid')), 'SIGWINCH');
    const narrow = await screen.shows(/uncertain 0\nskipped 0/u);
    expect(narrow.match(/ of 400/gu)).toHaveLength(1);
  });

  it('leaves the stop message readable', async () => {
    const screen = screenIn(placeWith(400));
    screen.runs(...SEND, '--rate', '20/s');
    await screen.shows(/[1-9]\d* of 400/u);
    screen.keys('C-c');
    const shown = await screen.shows('Interrupted. Run send again to continue.');
    expect(shown).toMatch(/^Stopping: /mu);
    expect(shown).not.toContain('^C');
  });

  it('is plain lines while a log is written to the terminal', async () => {
    const screen = screenIn(placeWith(60));
    screen.runs(...SEND, '--rate', '20/s', '--log-level', 'info');
    const shown = await screen.shows('run ended');
    expect(shown).not.toContain('█');
    expect(shown).toMatch(/\d+ of 60 · accepted/u);
  });

  it('has colours, but not with NO_COLOR or --no-color', async () => {
    const bar = '\u001b[32m█';
    const shown = async (
      options: readonly string[],
      environment: Readonly<Record<string, string>>,
    ): Promise<string> => {
      const screen = screenIn(placeWith(2), environment);
      screen.runs(...SEND, ...options);
      await screen.shows('2 accepted');
      return screen.coloured();
    };
    expect(await shown([], {})).toContain(bar);
    expect(await shown([], { NO_COLOR: '1' })).not.toContain(bar);
    expect(await shown(['--no-color'], {})).not.toContain(bar);
  });
});

describe.skipIf(TMUX === null)('init on a real screen', () => {
  it('asks which column has the phones when more than one looks like it', async () => {
    const place = cliPlace();
    place.write('two.csv', 'Nombre;Celular;Celular 2\nAna;987654321;987654322\n');
    const screen = screenIn(place);
    screen.runs('init', 'two', '--from', 'two.csv');
    await screen.shows('Name of the approved template');
    screen.keys('Enter');
    await screen.shows('Kind of message');
    screen.keys('Enter');
    await screen.shows('Country of numbers');
    screen.keys('Enter');
    await screen.shows(/Column with the phone numbers[\s\S]*❯ Celular/u);
    screen.keys('Down', 'Enter');
    await screen.shows('Column for {{1}} in the text');
    screen.keys('Enter');
    await screen.shows('Column for {{2}} in the text');
    screen.keys('Down', 'Enter');
    await screen.shows('in the header');
    screen.keys('Enter');
    await screen.shows('Phone numbers: column "Celular 2".');
    expect((await place.run(['check', 'two'])).stdout).toContain('51987654322');
  });

  it('proposes columns with what is in them: Enter accepts, and their order is the answers’', async () => {
    const place = cliPlace();
    place.write(
      'people.csv',
      'DNI;Monto;Nombre;Celular;Correo;Producto\n40123456;S/ 120;Ana;987654321;a@b.pe;Olla\n40123457;S/ 80;Luis;987654322;;Taza\n',
    );
    const screen = screenIn(place);
    const begin = async (folder: string): Promise<void> => {
      screen.runs('init', folder, '--from', 'people.csv');
      for (const asked of ['Name of the approved', 'Kind of message', 'Country of numbers']) {
        await screen.shows(asked);
        screen.keys('Enter');
      }
    };
    await begin('accepted');
    const first = await screen.shows(/Column for \{\{1\}\}[\s\S]*❯ Nombre/u);
    expect(first).toContain('Nombre   such as Ana · Luis');
    expect(first).toContain('to take');
    screen.keys('Enter');
    await screen.shows(/Column for \{\{2\}\}[\s\S]*❯ Monto/u);
    screen.keys('Enter');
    await screen.shows(/Column for \{\{3\}\}[\s\S]*❯ Producto/u);
    screen.keys('Enter');
    await screen.shows(/Column for \{\{4\}\}[\s\S]*❯ \(no more variables\)/u);
    screen.keys('Enter');
    await screen.shows(/in the header[\s\S]*❯ \(none:/u);
    screen.keys('Enter');
    await screen.shows('{{1}} = "Nombre", {{2}} = "Monto", {{3}} = "Producto"');
    expect((await place.run(['check', 'accepted', '--json'])).json).toMatchObject({ counts: { pending: 2 } });

    await begin('other');
    await screen.shows('{{1}}');
    screen.keys('Down', 'Down', 'Enter');
    await screen.shows('{{2}}');
    screen.keys('Down', 'Down', 'Enter');
    await screen.shows('in the header');
    screen.keys('Enter');
    await screen.shows('Variables of the text: {{1}} = "Producto".');
  });
});

describe.skipIf(TMUX === null)('long sentences on a real screen', () => {
  it('break between words, also as errors; a file gets them whole', async () => {
    const place = placeWith(1);
    place.write('recipients.csv', 'phone,body.1\n5.19E+10,Ana\n');
    const screen = screenIn(place);
    screen.runs('check', 'campaign.yaml');
    const sentence = 'turned the number into "5.19E+10" and lost its digits.';
    const shown = await screen.shows('All of them, to correct');
    expect(shown).not.toContain(sentence);
    expect(shown.replaceAll(/\n {4}/gu, ' ')).toContain(sentence);
    expect((await place.run(['check', 'campaign.yaml'])).stdout).toContain(sentence);

    screen.runs('check', 'a/path/that/nobody/ever/made/and/that/is/long.yaml');
    expect((await screen.shows('Error:')).split('\n').slice(2).join('\n')).toMatch(/^ {2}\S/mu);
  });
});

describe.skipIf(TMUX === null)('status --watch on a real screen', () => {
  it('is drawn over itself until Ctrl-C, which is no failure', async () => {
    const place = placeWith(2);
    await place.run(['send', 'campaign.yaml', '--sandbox']);
    const screen = screenIn(place);
    screen.runs('status', 'sale', '--watch; echo "ended with $?"');
    await screen.shows('Next: plazcast report sale');
    screen.keys('C-c');
    const shown = await screen.shows('ended with 0');
    expect(shown.match(/Campaign sale/gu)).toHaveLength(1);
  });
});
