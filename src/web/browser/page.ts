import { takeDrops } from './drop.js';
import { focusErrors, pressOnce } from './forms.js';
import { keepFresh } from './live.js';

/* Everything here makes a page nicer that works without it. */
for (const region of document.querySelectorAll<HTMLElement>('[data-live]')) keepFresh(region);
focusErrors();
pressOnce();
takeDrops();
