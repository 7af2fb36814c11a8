import type { Screen } from '../visit.js';
import { backup } from './backup/routes.js';
import { campaign } from './campaign/routes.js';
import { connection } from './connection/routes.js';
import { forget } from './forget/routes.js';
import { home } from './home/routes.js';
import { list } from './list/routes.js';
import { lists } from './lists/routes.js';
import { live } from './live/routes.js';
import { log } from './log/routes.js';
import { message } from './message/routes.js';
import { newCampaignScreen } from './new/routes.js';
import { noContact } from './no-contact/routes.js';
import { people } from './people/routes.js';
import { send } from './send/routes.js';
import { templates } from './templates/routes.js';
import { users } from './users/routes.js';
import { workspace } from './workspace/routes.js';
import { wrong } from './wrong/routes.js';

/** Every screen of the page. */
export const SCREENS: readonly Screen[] = [
  home,
  newCampaignScreen,
  campaign,
  list,
  wrong,
  message,
  send,
  live,
  people,
  workspace,
  noContact,
  connection,
  templates,
  lists,
  log,
  backup,
  forget,
  users,
];
