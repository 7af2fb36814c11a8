import { describe, expect, test } from 'vitest';
import { chatbotxRecord } from '../providers/fixtures/recorded.js';
import { answeringServer, answerJson } from '../support/answering.js';
import type { CliPlace } from '../support/run-cli.js';
import { workplace } from '../support/workplace.js';

/** A record whose contact lacks a field. */
function without(field: string, phoneNumber: string): unknown {
  const fields = { id: phoneNumber, contactInboxes: [{ channel: 'whatsapp' }] };
  const record = chatbotxRecord(fields, { phoneNumber }) as { contact: Record<string, unknown> };
  delete record.contact[field];
  return record;
}

/** A place with a ChatbotX whose list has one page. */
async function place(data: readonly unknown[]): Promise<CliPlace> {
  const url = await answeringServer((_request, response) => answerJson(response, { data, nextCursor: null }));
  return workplace(url);
}

describe('a list whose records say less than is documented', () => {
  test('is read whole: what the job does not need may be missing', async () => {
    const here = await place([without('createdAt', '+51987654321'), without('email', '+51987654322'), null]);
    const end = await here.run(['conversations', '--from', 'chatbotx', '--format', 'jsonl', '--json']);
    expect(end.json).toMatchObject({ records: 2, unreadable: 1, complete: true, problem: null, exitCode: 0 });
    expect(end.stderr).toContain('1 entry of the list is no record and was left out.');
  });

  test('of which nothing can be used ends with 3', async () => {
    const end = await (await place([null, 'text'])).run(['conversations', '--from', 'chatbotx', '--json']);
    expect([end.code, end.json]).toMatchObject([
      3,
      { conversations: [], unreadable: 2, problem: { code: 'list.nothing-usable' } },
    ]);
  });

  test('puts nobody into an audience whose record does not tell whether they are blocked', async () => {
    const here = await place([without('blockedAt', '+51987654321'), without('createdAt', '+51987654322')]);
    const end = await here.run(['audience', '--from', 'chatbotx', '-o', 'people.csv']);
    expect(end.code).toBe(0);
    expect(here.read('people.csv')).toContain('51987654322');
    expect(here.read('people.csv')).not.toContain('51987654321');
    expect(end.stdout).toContain('1 conversation whose record does not tell');
  });

  test('puts who is blocked on the do-not-contact list, however the number is written', async () => {
    const blockedAt = '2026-01-01T00:00:00Z';
    const numbers = ['\u202a+51 987 654 321\u202c', '+51\u2011987\u2011654\u2011322', '+٥١٩٨٧٦٥٤٣٢٣'];
    const here = await place(
      numbers.map((phoneNumber, index) => chatbotxRecord({ id: `c${index}` }, { phoneNumber, blockedAt })),
    );
    const end = await here.run(['suppress', 'import', '--from', 'chatbotx', '--json']);
    expect([end.code, end.json]).toMatchObject([0, { added: 3, unreadableCount: 0 }]);
  });

  test('leaves a do-not-contact list that needs a look', async () => {
    const blocked = chatbotxRecord({}, { phoneNumber: '+51987654323', blockedAt: '2026-01-01T00:00:00Z' });
    const here = await place([without('blockedAt', '+51987654321'), blocked]);
    const end = await here.run(['suppress', 'import', '--from', 'chatbotx', '--json']);
    expect([end.code, end.json]).toMatchObject([1, { added: 1, untold: 1 }]);
    expect(end.stderr).toContain('1 record does not tell whether the person is blocked');
  });
});
