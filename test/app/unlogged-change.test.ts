import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { ADAPTERS } from '../../src/adapters.js';
import { editCampaign } from '../../src/app/actions/edit-campaign.js';
import { readLog } from '../../src/app/actions/read-log.js';
import { newCampaign } from '../../src/app/new-list/new-campaign.js';
import { replaceList } from '../../src/app/new-list/replace-list.js';
import { takeMendedList } from '../../src/app/new-list/take-mended-list.js';
import { takeUpload } from '../../src/app/new-list/uploads.js';
import { mendCells } from '../../src/app/rows/mend-cells.js';
import { RowsAtHand } from '../../src/app/rows/rows-at-hand.js';
import { loadTranslate } from '../../src/cli/translate.js';
import { ok, type Result } from '../../src/core/problem.js';
import { openLedger } from '../../src/ledger/sqlite/open-ledger.js';
import { SqliteLedger } from '../../src/ledger/sqlite/sqlite-ledger.js';
import { appAt } from '../support/app-at-hand.js';
import { problemsOf, unwrapped } from '../support/results.js';
import { phoneNumber } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';

const SALE = { campaign: 'sale', sandbox: false };
const EVERYTHING = { by: null, campaign: null, since: null, until: null };
const FOUND = { sheet: null, encoding: null, delimiter: null };
const translate = await loadTranslate('en', 'plazcast');

/** A place whose list has one row that is wrong, and an app of somebody who prepares on the page. */
async function preparing() {
  const place = await sendingPlace(1);
  const file = place.path('plazcast.db');
  place.write('sale/recipients.csv', `phone,body.1,body.2\n${phoneNumber(1)},Ana,1\n12,Eva,2\n`);
  const app = appAt({ ...place, ledger: file }, place.environment, {
    operator: 'Ana',
    place: 'page',
    // Another program is not waited for here.
    ledgers: {
      ...ADAPTERS.ledgers,
      open: async (path, mode) => {
        const opened = openLedger(path, { mode, busyMs: 0 });
        return opened.ok ? ok(new SqliteLedger(opened.value, null as never)) : opened;
      },
    },
  });
  // Writes the list of rejected rows.
  unwrapped(await new RowsAtHand().of(SALE, app));
  const where = { folder: place.folder };
  const upload = async (text: string): Promise<string> => {
    const bytes = (async function* () {
      yield Buffer.from(text);
    })();
    return unwrapped(await takeUpload(where, bytes, null, app)).id;
  };
  return { place, file, app, where, upload };
}

type Preparing = Awaited<ReturnType<typeof preparing>>;

async function settings({ place, app }: Preparing): Promise<Result<unknown>> {
  const { digest } = unwrapped(await app.campaignFiles.source(place.path('sale')));
  return editCampaign(place.path('sale'), [{ path: ['rate'], value: '3/s' }], digest, app);
}

async function anotherList({ place, app, where, upload }: Preparing): Promise<Result<unknown>> {
  const { digest: expected } = unwrapped(await app.campaignFiles.source(place.path('sale')));
  const id = await upload(`phone,body.1,body.2\n${phoneNumber(2)},Eva,2\n`);
  const asked = { campaign: place.path('sale'), expected, upload: id, readAs: FOUND, phoneColumn: null };
  return replaceList(where, asked, app);
}

function aRow({ app }: Preparing): Promise<Result<unknown>> {
  const cells = [{ column: 0, was: '12', value: phoneNumber(3) }];
  const typed = { line: 3, cells, withoutSurplus: false };
  return mendCells(SALE, typed, new RowsAtHand(), app);
}

async function mendedRows({ place, app, where, upload }: Preparing): Promise<Result<unknown>> {
  const id = await upload(place.read('sale/rejected.csv').replace('12', phoneNumber(4)));
  const columns = ['phone', 'body.1', 'body.2'];
  return takeMendedList(
    where,
    { name: 'sale', folder: place.path('sale'), columns, upload: id, keepEarlier: async () => ok(null) },
    app,
  );
}

async function aCampaign({ app, where, upload }: Preparing): Promise<Result<unknown>> {
  const id = await upload(`phone,name\n${phoneNumber(5)},Ana\n`);
  const asked = { title: 'Spring', upload: id, readAs: FOUND, phoneColumn: null, answers: {} };
  return newCampaign(where, asked, translate, app);
}

const CHANGES = [
  ['a setting', 'campaign-edited', settings],
  ['another list', 'list-uploaded', anotherList],
  ['a mended row', 'row-mended', aRow],
  ['a list of mended rows', 'list-uploaded', mendedRows],
  ['a new campaign', 'campaign-made', aCampaign],
] as const;

/** Every file that a change could touch, with its text. */
function filesOf({ place }: Preparing): Readonly<Record<string, string>> {
  const untouched = ['.uploads', 'plazcast.db'].map((name) => place.path(name));
  const files = readdirSync(place.folder, { recursive: true, withFileTypes: true })
    .map((one) => [join(one.parentPath, one.name), one.isFile()] as const)
    .filter(([path]) => !untouched.some((begins) => path.startsWith(begins)));
  return Object.fromEntries(files.map(([path, isFile]) => [path, isFile ? readFileSync(path, 'utf8') : '']));
}

test.each(CHANGES)(
  '%s is not made while the log is locked, and is made afterwards, with who did it',
  async (_, kind, change) => {
    const at = await preparing();
    unwrapped(openLedger(at.file, { mode: 'create' })).close();
    const other = new Database(at.file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    const before = filesOf(at);
    const refused = problemsOf(await change(at));
    expect(refused.map(({ code }) => code)).toEqual(['action.not-logged', 'ledger.busy']);
    expect(filesOf(at)).toEqual(before);
    other.exec('COMMIT');
    unwrapped(await change(at));
    expect(filesOf(at)).not.toEqual(before);
    const { actions } = unwrapped(await readLog(EVERYTHING, null, at.app));
    expect(actions.map((one) => [one.kind, one.by])).toEqual([[kind, 'Ana']]);
  },
);

test('a ledger that cannot be opened stops a change, too', async () => {
  const at = await preparing();
  at.place.write('plazcast.db', 'no ledger at all');
  const before = filesOf(at);
  expect(problemsOf(await settings(at)).map(({ code }) => code)).toEqual([
    'action.not-logged',
    'ledger.not-a-ledger',
  ]);
  expect(filesOf(at)).toEqual(before);
});
