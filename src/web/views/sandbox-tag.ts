import type { Html } from '../../markup/markup.js';
import type { Visit } from '../visit.js';
import { tag } from './banner.js';

/** Marks what was sent to the sandbox, and reached nobody. */
export function sandboxTag({ translate }: Pick<Visit, 'translate'>): Html {
  return tag(translate('web.sandbox'), 'uncertain');
}
