import type { ListOptionSpec } from '../../core/conversation-options.js';

/** The documented parameters of Plazbot's list; the workspace comes from the environment or `--workspace`. */
export const plazbotOptions: readonly ListOptionSpec[] = [
  {
    name: 'continuation-token',
    type: 'text',
    role: 'start',
    description: 'list.describe.plazbot.continuation-token',
    parameter: 'continuationToken',
  },
];
