import { type Finding, failure, failures, fine } from '../../core/finding.js';
import { ok } from '../../core/problem.js';
import type { App } from '../app.js';
import type { Environment } from '../environment.js';
import { hasLedger, withLedger } from '../open-ledger.js';

/** Whether the ledger can be opened for writing, writes through to the disk, and holds together. */
export async function ledgerFindings(app: App, depth: 'quick' | 'full'): Promise<readonly Finding[]> {
  const { ledgerFile: file } = app;
  if (!(await hasLedger(app))) return [fine('doctor.ledger.none', { file })];
  const looked = await withLedger(app, 'existing', async (ledger) => {
    const { durable, detail } = await ledger.durability();
    const written = durable ? fine('doctor.durable') : failure('doctor.durable.not', { value: detail });
    const intact = await ledger.check(depth);
    const whole = depth === 'full' ? 'doctor.ledger.full' : 'doctor.ledger.quick';
    return ok([...(intact.ok ? [fine(whole, { file })] : failures(intact.problems)), written]);
  });
  return looked.ok ? looked.value : failures(looked.problems);
}
/** Which credentials are there. Their values are never shown. */
export function credentialFindings(environment: Environment): readonly Finding[] {
  const { workspaceId, plazbotApiKey, platicaApiKey, chatbotxToken } = environment;
  return [
    workspaceId === null ? failure('environment.no-workspace') : filled('PLAZBOT_WORKSPACE_ID', workspaceId),
    optional('PLAZBOT_API_KEY', plazbotApiKey, 'doctor.credential.api-key'),
    optional('PLATICA_API_KEY', platicaApiKey, 'doctor.credential.list'),
    optional('CHATBOTX_TOKEN', chatbotxToken, 'doctor.credential.list'),
  ];
}

function optional(
  name: string,
  value: string | null,
  missing: 'doctor.credential.api-key' | 'doctor.credential.list',
): Finding {
  return value === null ? fine(missing, { name }) : filled(name, value);
}

/** What examples have in place of a credential, such as `your-workspace-id`. */
const PLACEHOLDER = /^(?:your|su|only-if|solo-si)[-_]/iu;

function filled(name: string, value: string): Finding {
  return PLACEHOLDER.test(value)
    ? failure('doctor.credential.placeholder', { name })
    : fine('doctor.credential.set', { name });
}
