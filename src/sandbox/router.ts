import { listChatbotxConversations } from './chatbotx/list.js';
import { type Handler, logged } from './context.js';
import { listPlaticaConversations } from './platica/list.js';
import { listConversations } from './plazbot/list.js';
import { sendHandler } from './plazbot/send.js';
import { listTemplates, showWorkspace } from './plazbot/workspace.js';
import { plain, whole } from './reply.js';

const ROUTES: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/api/message/conversation': { POST: sendHandler('classic'), GET: listConversations },
  '/api/conversation': { POST: sendHandler('current'), GET: listConversations },
  '/api/template/actives': { GET: listTemplates },
  '/v1/conversations': { GET: listPlaticaConversations },
  // ChatbotX's base URL ends in /api.
  '/api/v1/conversations': { GET: listChatbotxConversations },
};

const WORKSPACE_PATH = /^\/api\/workspace\/[^/]+$/u;

/** The handler of a path and method. What is unknown gets 404, a wrong method 405, both without JSON. */
export function route(method: string, path: string): Handler {
  const methods = WORKSPACE_PATH.test(path) ? { GET: showWorkspace } : own(ROUTES, path);
  if (methods === undefined) return answeredPlainly(404);
  return own(methods, method) ?? answeredPlainly(405);
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function answeredPlainly(status: number): Handler {
  return (context, incoming) => logged(context, incoming, whole(plain(status)));
}
