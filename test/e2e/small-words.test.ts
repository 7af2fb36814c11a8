import { describe, expect, it } from 'vitest';
import { campaignYaml, cliPlace, recipientsCsv } from '../support/run-cli.js';
import { translateIn } from '../support/said.js';

describe('credentials that lie elsewhere', () => {
  const NAMES = { PLAZBOT_WORKSPACE_ID: undefined };
  it.each(['send', 'check'])('are noticed by %s when they are missing', async (command) => {
    const { write, run } = cliPlace(NAMES);
    write('sale/campaign.yaml', campaignYaml());
    write('sale/recipients.csv', recipientsCsv(1));
    write('.env.txt', 'PLAZBOT_WORKSPACE_ID=x\n');
    write('sale/.env', 'PLAZBOT_WORKSPACE_ID=x\n');
    const { said } = await run([command, 'sale']);
    expect(said).toMatch(/\.env\.txt is not read/u);
    expect(said).toMatch(
      /sale[/\\]\.env is not read: only the \.env of the folder in which you type counts/u,
    );
  });

  it('are read from a .env in UTF-16, and an example’s text in it is a failure of doctor', async () => {
    const { write, run } = cliPlace({ PLAZBOT_BASE_URL: 'http://127.0.0.1:9' });
    write('.env', Buffer.from('\uFEFFPLAZBOT_WORKSPACE_ID=your-workspace-id\n', 'utf16le'));
    const { stdout } = await run(['doctor']);
    expect(stdout).toContain('PLAZBOT_WORKSPACE_ID still has the text of an example');
  });
});

it('a sentence whose last words end with a full stop has one, not two', () => {
  const params = { detail: 'The request was refused with status 401.' };
  expect(translateIn('en')({ code: 'halt.credentials', params })).toContain('with status 401. Check');
});

it('test says the row and the line, and that no phone gets anything from the sandbox', async () => {
  const { write, run } = cliPlace();
  write('sale/campaign.yaml', campaignYaml());
  write('sale/recipients.csv', `${recipientsCsv(1)}x,Ana\n${recipientsCsv(1, 5).split('\n')[1] ?? ''}\n`);
  const { stdout } = await run(['test', 'sale', '--to', '+51987654321', '--row', '2', '--sandbox']);
  expect(stdout).toContain('line 4 (row 2 of those that can be sent)');
  expect(stdout).toContain('no phone gets anything');
  expect(stdout).not.toContain('Look at the phone');
});
