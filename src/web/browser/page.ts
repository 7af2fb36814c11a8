import { focusErrors, labelSources, pressOnce, takeDrops } from './forms.js';
import { keepFresh } from './live.js';
import { followParts } from './parts.js';
import { askBeforeLeaving, rememberForms } from './unsaved.js';
import { showUploads } from './upload.js';

/* Everything here makes a page nicer that works without it. */
for (const region of document.querySelectorAll<HTMLElement>('[data-live]')) keepFresh(region);
pressOnce();
askBeforeLeaving();
followParts();
showUploads();
perMain();
// A form that was sent by script brings the page's content back.
document.addEventListener('plazcast:main', perMain);

function perMain(): void {
  rememberForms();
  focusErrors();
  takeDrops();
  labelSources();
}
