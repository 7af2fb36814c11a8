import { shellWord } from '../core/harmless.js';

/** How plazcast is started where it lies on the path. */
export const PLAIN_INVOCATION = 'plazcast';

/** A script that begins with plazcast; npx puts it in quotes. */
const OWN_SCRIPT = /^["']?plazcast["']?(?<words> .*)?$/u;

/**
 * The words with which a person starts plazcast as this run was started. npm sets `npm_lifecycle_event` to the name of
 * the script that it runs, `npx` for `npx` and `npm exec`, and `npm_lifecycle_script` to what stands in it:
 * https://docs.npmjs.com/cli/v11/using-npm/scripts#environment. Only what npm runs finds the commands of a checkout on
 * its path, so a bare `plazcast` would not be found afterwards. What other programs inherited from npm tells nothing.
 */
export function invocationOf(env: NodeJS.ProcessEnv): string {
  const { npm_lifecycle_event: event = '', npm_lifecycle_script: script = '', npm_command: command } = env;
  const own = OWN_SCRIPT.exec(script);
  if (event === '' || own === null) return PLAIN_INVOCATION;
  // A script that holds other words, too, would say them again.
  if (event === 'npx' || own.groups?.['words'] !== undefined) return `npx ${PLAIN_INVOCATION}`;
  return command === 'start' ? 'npm start --' : `npm run ${shellWord(event)} --`;
}
