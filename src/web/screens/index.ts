import { campaign } from './campaign/routes.js';
import { home } from './home/routes.js';
import { live } from './live/routes.js';
import { people } from './people/routes.js';
import type { Screen } from './screen.js';
import { send } from './send/routes.js';
import { workspace } from './workspace/routes.js';

/** Every screen of the page. */
export const SCREENS: readonly Screen[] = [home, campaign, send, live, people, workspace];
