import { json, type SandboxReply } from '../reply.js';

/** Documented answer to a send that was executed. */
export function sentReply(contactId: string): SandboxReply {
  return json(200, {
    success: true,
    message: 'Conversation sent successfully.',
    code: 200,
    data: { contactId },
  });
}

/** Plazbot's own error shape: `{success: false, code, errorCode, message}`. */
export function errorReply(
  status: number,
  errorCode: string | null,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): SandboxReply {
  return json(status, { success: false, code: status, errorCode, message }, headers);
}

/** A problem document (RFC 9457), as the framework beneath the API writes for requests it cannot read. */
export function problemReply(
  status: number,
  title: string,
  errors: Readonly<Record<string, readonly string[]>> = {},
): SandboxReply {
  return json(
    status,
    { type: 'about:blank', title, status, errors },
    { 'content-type': 'application/problem+json; charset=utf-8' },
  );
}

/** Texts of WhatsApp's error codes, from Meta's public list; any other code gets a general one. */
const WHATSAPP_TEXTS: Readonly<Record<string, string>> = {
  '4': 'Application request limit reached',
  '100': 'Invalid parameter',
  '190': 'Access token has expired',
  '368': 'Temporarily blocked for policies violations',
  '80007': 'Rate limit issues',
  '130429': 'Rate limit hit',
  '130472': "User's number is part of an experiment",
  '131000': 'Something went wrong',
  '131008': 'Required parameter is missing',
  '131016': 'Service unavailable',
  '131026': 'Message undeliverable',
  '131042': 'Business eligibility payment issue',
  '131047': 'Re-engagement message',
  '131049': 'This message was not delivered to maintain healthy ecosystem engagement',
  '131050': 'User has stopped receiving marketing messages from your business',
  '131056': '(Business Account, Consumer Account) pair rate limit hit',
  '132000': 'Number of parameters does not match the expected number of params',
  '132001': 'Template name does not exist in the translation',
  '132005': 'Translated text too long',
  '132012': 'Parameter format does not match format in the created template',
  '132015': 'Template is paused',
  '132016': 'Template is disabled',
  '132018': 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
};

/**
 * A refusal by WhatsApp that Plazbot passes on, in the two shapes seen of it: HTTP 200 with `success: false`
 * and the code in the message, or an error status with WhatsApp's own JSON as a text inside a problem
 * document.
 */
export function whatsappReply(code: string, status: number): SandboxReply {
  const message = `(#${code}) ${WHATSAPP_TEXTS[code] ?? 'Message failed'}`;
  if (status < 300) return json(status, { success: false, code: 400, errorCode: null, message, data: null });
  const detail = JSON.stringify({ error: { message, type: 'OAuthException', code: Number(code) } });
  return json(status, { type: 'about:blank', title: 'Message was not sent', status, detail });
}
