import { BUBBLE } from '../../markup/bubble.js';
import { COLOURS } from '../../markup/colours.js';
import { CONTENT } from './content.js';
import { FORMS } from './forms.js';
import { FRAME } from './frame.js';
import { MESSAGE } from './message.js';
import { PRINT } from './print.js';

/** The style sheet of the page. Its colours are the report's. */
export const STYLE = `${COLOURS}${BUBBLE}${FRAME}${FORMS}${CONTENT}${MESSAGE}${PRINT}`;
