import * as z from 'zod';
import { json, type SandboxReply } from '../reply.js';
import { problemReply, whatsappReply } from './answers.js';

/** Which of the two sends a request came by. */
export type SendApi = 'classic' | 'current';

/** A send that Plazbot would take. */
export interface SendRequest {
  readonly api: SendApi;
  readonly workspace: string;
  readonly template: string;
  readonly destination: string;
  readonly type: '1' | '2' | '3';
  readonly campaignName: string | null;
  readonly body: readonly Variable[];
  readonly header: readonly Variable[];
}

/** A template that the sandbox knows, with the number of its variables. */
export interface KnownTemplate {
  readonly name: string;
  readonly body: number;
  readonly header: number;
}

interface Variable {
  readonly variable: string;
  readonly value: string;
}

const variables = z.array(z.strictObject({ variable: z.string().min(1), value: z.string() })).optional();
const type = z.enum(['1', '2', '3']);
const common = {
  workspaceId: z.string().min(1),
  template: z.string().min(1),
  destination: z.string().regex(/^\d{8,15}$/u, 'digits with country code only'),
  variablesBody: variables,
  variablesHeader: variables,
  campaignName: z.string().min(1).nullish(),
};
const classic = z.strictObject({ ...common, type: type.nullish() });
const current = z.strictObject({
  ...common,
  sendType: z.union([type, z.literal([1, 2, 3])]).nullish(),
  file: z.strictObject({ fileUrl: z.url(), fileName: z.string().min(1) }).optional(),
});

/** What the sandbox knows besides the request. */
export interface SendRules {
  /** null: every template name is taken. */
  readonly templates: readonly KnownTemplate[] | null;
  /** HTTP status with which WhatsApp's refusals are passed on: both are seen. */
  readonly refusalStatus: 200 | 400;
}

/** Either a send, or the answer that says why it is none. Values are never repeated in an answer. */
export type ReadSend =
  | { readonly ok: true; readonly request: SendRequest }
  | { readonly ok: false; readonly reply: SandboxReply };

/** Reads the body of a send as strictly as the real server would, unknown fields included. */
export function readSend(api: SendApi, text: string, workspaceHeader: string, rules: SendRules): ReadSend {
  const parsed = (api === 'classic' ? classic : current).safeParse(parseJson(text));
  if (!parsed.success) return refusedWith(fieldProblems(parsed.error));
  const data = parsed.data;
  const sendType = 'sendType' in data ? data.sendType : 'type' in data ? data.type : null;
  const request: SendRequest = {
    api,
    workspace: data.workspaceId,
    template: data.template,
    destination: data.destination,
    // Documented: without a type, a send arrives as Campaign.
    type: (sendType == null ? '1' : String(sendType)) as SendRequest['type'],
    campaignName: data.campaignName ?? null,
    body: data.variablesBody ?? [],
    header: data.variablesHeader ?? [],
  };
  if (request.workspace !== workspaceHeader) {
    return refusedWith(problemReply(400, 'workspaceId differs from the header x-workspace-id.'));
  }
  if (request.type === '2' && request.campaignName !== null) {
    return refusedWith(problemReply(400, 'campaignName is not allowed with type 2 (Individual).'));
  }
  const code = whatsappRefusal(request, rules.templates);
  return code === null ? { ok: true, request } : refusedWith(whatsappReply(code, rules.refusalStatus));
}

function refusedWith(reply: SandboxReply): ReadSend {
  return { ok: false, reply };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldProblems(error: z.ZodError): SandboxReply {
  const errors: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const fields = issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.') || '$'];
    for (const field of fields) errors[field] = [...(errors[field] ?? []), issue.message];
  }
  const title = 'One or more validation errors occurred.';
  return json(400, { type: 'about:blank', title, status: 400, errors });
}

/** The code with which WhatsApp refuses the template or its values, or null. */
function whatsappRefusal(request: SendRequest, templates: readonly KnownTemplate[] | null): string | null {
  const known = templates?.find((template) => template.name === request.template);
  if (templates !== null && known === undefined) return '132001';
  if (known !== undefined && (known.body !== request.body.length || known.header !== request.header.length)) {
    return '132000';
  }
  return valueRefusal(request.header, HEADER_CHARACTERS) ?? valueRefusal(request.body, BODY_CHARACTERS);
}

const HEADER_CHARACTERS = 60;
const BODY_CHARACTERS = 1_024;
const UNSENDABLE = /[\n\r\t]| {5}/u;

function valueRefusal(list: readonly Variable[], characters: number): string | null {
  for (const { value } of list) {
    if (value.trim() === '') return '131008';
    if (UNSENDABLE.test(value)) return '132018';
    if (value.length > characters && [...value].length > characters) return '132005';
  }
  return null;
}
