import { type Handler, type Incoming, logged, type SandboxContext } from '../context.js';
import { answerList } from '../list-faults.js';
import { json, whole } from '../reply.js';
import { SEEDED_TEMPLATES } from '../seeds/templates.js';
import { refusedAccess, workspaceOf } from './access.js';
import { errorReply } from './answers.js';

/** `GET /api/workspace/{id}`: the name and time zone of a workspace. */
export const showWorkspace: Handler = (context, incoming) => {
  const denied = refusedAccess(context, incoming);
  if (denied !== null) return logged(context, incoming, whole(denied));
  const id = decoded(incoming.path.slice(incoming.path.lastIndexOf('/') + 1));
  if (id !== workspaceOf(incoming)) {
    return logged(
      context,
      incoming,
      whole(errorReply(404, 'WORKSPACE_NOT_FOUND', 'There is no such workspace.')),
    );
  }
  const data = { id, name: 'Sandbox', timezone: 'America/Lima' };
  const message = 'Workspace obtained successfully.';
  return logged(context, incoming, whole(json(200, { success: true, code: 200, message, data })));
};

/**
 * `GET /api/template/actives`: the templates that exist; where every name is taken, those of the sample campaigns, and whatever
 * else was sent, of which no text is known.
 */
export const listTemplates: Handler = async (context, incoming) => {
  const denied = refusedAccess(context, incoming);
  if (denied !== null) return logged(context, incoming, whole(denied));
  const data = context.settings.templates?.map(({ name }) => bare(name)) ?? everyTemplate(context, incoming);
  const message = 'List obtained successfully.';
  return answerList(context, incoming, () => json(200, { success: true, code: 200, message, data }));
};

function everyTemplate({ log }: SandboxContext, incoming: Incoming): readonly object[] {
  const seeded = new Set(SEEDED_TEMPLATES.map(({ elementName }) => elementName));
  const sent = log.templates(workspaceOf(incoming)).filter((name) => !seeded.has(name));
  return [...SEEDED_TEMPLATES, ...sent.map(bare)];
}

function bare(name: string): object {
  return { name, status: 'APPROVED', language: 'es', category: 'MARKETING' };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
