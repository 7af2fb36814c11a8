/** The zone and the language in which tests read times and sentences. */
const PLAIN = { TZ: 'UTC', LANG: 'C.UTF-8' };

/** What else of the environment says how a program speaks, whom it asks and where it keeps things. */
const TAKEN_AWAY =
  /^(?:LANGUAGE|LC_\w+|(?:https?|all|no)_proxy|PG[A-Z]+|XDG_\w+|(?:PLAZBOT|PLATICA|CHATBOTX)_\w+|PLAZCAST_(?!TEST_)\w+)$/iu;

/** Whoever runs the tests may live anywhere, speak any language and send real campaigns from the same shell. */
export function setup(): void {
  for (const name of Object.keys(process.env)) if (TAKEN_AWAY.test(name)) delete process.env[name];
  Object.assign(process.env, PLAIN);
}
