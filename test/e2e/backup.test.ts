import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { executionsByPhone } from '../sandbox/read-log.js';
import { runningSandbox } from '../sandbox/running-sandbox.js';
import { answeringServer, answerJson } from '../support/answering.js';
import { expectMode } from '../support/on-windows.js';
import { recipientsCsv } from '../support/run-cli.js';
import { sendingPlace } from '../support/sending-place.js';
import { workplace } from '../support/workplace.js';

const campaignFile = `name: sale
template: hello
recipients: people.csv
rate: 400/s
`;

describe('backup', () => {
  test('taken during a run it is whole and adds up, and the run does not notice', async () => {
    const { url } = await runningSandbox();
    const place = workplace(url);
    const people = Array.from({ length: 2_000 }, (_, index) => `51987${String(index).padStart(6, '0')},Ana`);
    place.write('campaign.yaml', campaignFile);
    place.write('people.csv', `celular,body.1\n${people.join('\n')}\n`);
    await place.run(['send', 'campaign.yaml', '--yes', '--limit', '1']);
    const sending = place.start(['send', 'campaign.yaml', '--yes', '--json']);
    const copies = ['one.db', 'two.db', 'three.db'];
    for (const copy of copies) expect((await place.runProcess(['backup', copy])).code).toBe(0);
    expect((await sending.ended).json).toMatchObject({ counts: { accepted: 2_000 }, exitCode: 0 });
    const accepted = copies.map((copy) => {
      const db = new Database(place.path(copy), { readonly: true });
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(db.prepare('SELECT count(*) FROM deliveries').pluck().get()).toBe(2_000);
      const count = Number(
        db.prepare("SELECT count(*) FROM deliveries WHERE status = 'accepted'").pluck().get(),
      );
      db.close();
      return count;
    });
    expect(accepted).toEqual(accepted.toSorted((one, other) => one - other));
  });

  test('it is one file that its owner alone can read, and works as a ledger in the place of the old one', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', '+51987654321']);
    const end = await place.run(['backup', 'copy.db', '--json']);
    expect(end.json).toMatchObject({ backup: place.path('copy.db'), exitCode: 0 });
    expectMode(place.path('copy.db'), 0o600);
    expect(readdirSync(place.folder).filter((name) => name.includes('copy'))).toEqual(['copy.db']);
    copyFileSync(place.path('copy.db'), place.path('restored.db'));
    const list = await place.run(['suppress', 'list', '--ledger', 'restored.db']);
    expect(list.stdout).toContain('51987654321');
  });

  test('put back after more was sent, it is refused, an audit finds who got it since, and nobody gets it twice', async () => {
    const place = await sendingPlace(6);
    await place.run(['send', 'sale', '--yes', '--limit', '3']);
    // Who is taken out from here on is not in it: only a person knows.
    expect((await place.run(['backup', 'copy.db'])).said).toContain('do-not-contact list since');
    expect((await place.json(['send', 'sale', '--yes'])).json).toMatchObject({ counts: { accepted: 6 } });
    for (const name of ['', '-wal', '-shm']) rmSync(`${place.ledger}${name}`, { force: true });
    renameSync(place.path('copy.db'), place.ledger);
    expect((await place.run(['send', 'sale', '--yes'])).code).toBe(2);
    expect((await place.run(['reconcile', 'sale', '--audit'])).said).toContain(
      '3 messages that were not sent from this ledger',
    );
    const { json } = await place.json(['send', 'sale', '--yes', '--accept-ledger']);
    expect(json).toMatchObject({ counts: { accepted: 6, pending: 0, uncertain: 0 } });
    expect([...executionsByPhone(place.logFile).values()]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('put back before a campaign was made that was sent since, an audit of its folder finds who got it, and nobody gets it twice', async () => {
    const place = await sendingPlace(3);
    await place.run(['suppress', 'add', '+51987654321']);
    await place.run(['backup', 'copy.db']);
    await place.run(['send', 'sale', '--yes', '--limit', '2']);
    for (const name of ['', '-wal', '-shm']) rmSync(`${place.ledger}${name}`, { force: true });
    renameSync(place.path('copy.db'), place.ledger);
    expect((await place.run(['send', 'sale', '--yes'])).said).toContain('reconcile sale --audit');
    const audit = await place.run(['reconcile', 'sale', '--audit']);
    expect(audit.code).toBe(1);
    expect(audit.said).toContain('2 messages that were not sent from this ledger');
    expect(audit.said).toContain('This ledger did not know the campaign before');
    const { json } = await place.json(['send', 'sale', '--yes', '--accept-ledger']);
    expect(json).toMatchObject({ counts: { accepted: 3, pending: 0, uncertain: 0 } });
    expect([...executionsByPhone(place.logFile).values()]).toEqual([1, 1, 1]);
  });

  test.each([
    ['its folder', 'sale'],
    ['its name', 'spring'],
  ])(
    'put back when a campaign was only rehearsed that was sent since, an audit by %s looks for who got it, and nobody gets it twice',
    async (_how, named) => {
      const place = await sendingPlace(3, { name: 'spring' });
      await place.run(['send', 'sale', '--yes', '--sandbox']);
      await place.run(['backup', 'copy.db']);
      await place.run(['send', 'sale', '--yes', '--limit', '2']);
      for (const name of ['', '-wal', '-shm']) rmSync(`${place.ledger}${name}`, { force: true });
      renameSync(place.path('copy.db'), place.ledger);
      const audit = await place.run(['reconcile', named, '--audit']);
      expect(audit.said).not.toContain('SANDBOX');
      expect(audit.said).toContain('2 messages that were not sent from this ledger');
      await place.run(['send', 'sale', '--yes', '--accept-ledger']);
      expect([...executionsByPhone(place.logFile).values()]).toEqual([1, 1, 1]);
    },
  );

  test('put back before a campaign was made, an audit whose host may not be asked enters nothing', async () => {
    const place = await sendingPlace(1, { provider: '{ baseUrl: "https://plazbot.example" }' });
    await place.run(['suppress', 'add', '+51987654321']);
    const audit = await place.run(['reconcile', 'sale', '--audit'], { PLAZBOT_BASE_URL: undefined });
    expect([audit.code, audit.said]).toEqual([2, expect.stringContaining('plazbot.example')]);
    expect((await place.run(['status', 'sale'])).code).toBe(2);
  });

  test('put back before a campaign was sent from another workspace as well, an audit in that workspace finds who got it there', async () => {
    const place = await sendingPlace(2);
    const other = { PLAZBOT_WORKSPACE_ID: 'other-workspace-51c7' };
    const audit = ['reconcile', 'sale', '--audit'];
    await place.run(['send', 'sale', '--yes']);
    await place.run(['backup', 'copy.db']);
    expect((await place.run(audit, other)).said).toContain('was sent from another workspace');
    expect((await place.json(['send', 'sale', '--yes'], other)).json).toMatchObject({ run: { accepted: 2 } });
    for (const name of ['', '-wal', '-shm']) rmSync(`${place.ledger}${name}`, { force: true });
    renameSync(place.path('copy.db'), place.ledger);
    expect((await place.run(audit, other)).said).toContain('2 messages that were not sent from this ledger');
  });

  test('put back before a campaign was made, an audit finds who got it also after somebody accepted that ledger', async () => {
    const place = await sendingPlace(3);
    await place.run(['suppress', 'add', '+51987654321']);
    await place.run(['backup', 'copy.db']);
    await place.run(['send', 'sale', '--yes']);
    for (const name of ['', '-wal', '-shm']) rmSync(`${place.ledger}${name}`, { force: true });
    renameSync(place.path('copy.db'), place.ledger);
    await place.run(['send', 'sale', '--yes', '--accept-ledger', '--limit', '1']);
    expect((await place.run(['reconcile', 'sale', '--audit'])).said).toContain(
      '2 messages that were not sent from this ledger',
    );
    await place.run(['send', 'sale', '--yes']);
    expect([...executionsByPhone(place.logFile).values()].toSorted()).toEqual([1, 1, 2]);
  });

  test('put back after the list had grown and was sent, an audit finds those, too, and nobody gets it twice', async () => {
    const place = await sendingPlace(2);
    await place.run(['send', 'sale', '--yes']);
    await place.run(['backup', 'copy.db']);
    place.write('sale/recipients.csv', recipientsCsv(5));
    expect((await place.json(['send', 'sale', '--yes'])).json).toMatchObject({ counts: { accepted: 5 } });
    for (const name of ['', '-wal', '-shm']) rmSync(`${place.ledger}${name}`, { force: true });
    renameSync(place.path('copy.db'), place.ledger);
    await place.run(['reconcile', 'sale', '--audit']);
    await place.json(['send', 'sale', '--yes', '--accept-ledger']);
    expect([...executionsByPhone(place.logFile).values()]).toEqual([1, 1, 1, 1, 1]);
  });

  test('put back without the list, an audit says that whoever stands only there was not looked for', async () => {
    const place = await sendingPlace(2);
    await place.run(['send', 'sale', '--yes']);
    rmSync(place.path('sale/recipients.csv'));
    const { json, code } = await place.json(['reconcile', 'sale', '--audit']);
    expect(json).toMatchObject({
      audit: { accepted: 2, matched: 2 },
      unread: [{ code: 'recipients.not-found' }],
      exitCode: 1,
    });
    expect(code).toBe(1);
    expect((await place.run(['reconcile', 'sale', '--audit'])).said).toContain(
      'The recipients file could not be taken in',
    );
  });

  test('put back before anybody got it, an audit by a list that has nothing of that time does not say that all is well', async () => {
    const url = await answeringServer(({ method }, response) =>
      method === 'POST'
        ? response.writeHead(401).end()
        : answerJson(response, { success: true, data: { newContinuationToken: null, data: [] } }),
    );
    const place = workplace(url);
    place.write('sale/campaign.yaml', campaignFile);
    place.write('sale/people.csv', recipientsCsv(1));
    await place.run(['send', 'sale', '--yes']);
    const { json, code } = await place.run(['reconcile', 'sale', '--audit', '--json']);
    expect([code, json]).toMatchObject([
      1,
      { audit: { reachesBack: false, held: 0 }, counts: { pending: 1 } },
    ]);
    expect((await place.run(['reconcile', 'sale', '--audit'])).said).toContain(
      'The list has nothing from before this campaign',
    );
  });

  test('a file that exists is not overwritten', async () => {
    const place = workplace();
    await place.run(['suppress', 'add', '+51987654321']);
    place.write('taken.db', 'precious');
    for (const name of ['taken.db', 'plazcast.db']) {
      const end = await place.run(['backup', name]);
      expect(end.code).toBe(2);
      expect(end.stderr).toContain('not overwritten');
    }
    expect(place.read('taken.db')).toBe('precious');
  });

  test('a folder that does not exist, or no ledger, is told, and nothing is left behind', async () => {
    const place = workplace();
    const none = await place.run(['backup', 'copy.db']);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('There is no ledger');
    await place.run(['suppress', 'add', '+51987654321']);
    const end = await place.run(['backup', 'nowhere/copy.db']);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('does not exist');
    expect(readdirSync(place.folder).filter((name) => !name.startsWith('plazcast.db'))).toEqual([]);
  });
});
