/** Which environment variable a credential belongs into. */
const VARIABLES: readonly (readonly [pattern: RegExp, variable: string])[] = [
  [/platica/i, 'PLATICA_API_KEY'],
  [/chatbotx/i, 'CHATBOTX_TOKEN'],
  [/workspace/i, 'PLAZBOT_WORKSPACE_ID'],
  [/api[-_ ]?key|token|bearer|authori[sz]ation|password|secret|credential/i, 'PLAZBOT_API_KEY'],
];

/** The environment variable for what this key seems to hold, or null when it is no credential. */
export function credentialIn(key: string): { readonly variable: string } | null {
  const variable = VARIABLES.find(([pattern]) => pattern.test(key))?.[1];
  return variable === undefined ? null : { variable };
}
