/** How much of a file has gone out is shown while it goes. A browser without this sends the form as it sends any other. */
export function showUploads(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['upload'] === undefined || event.defaultPrevented)
      return;
    // Nothing to show for a form without a file: what is missing is told at once.
    const chosen = [...form.querySelectorAll<HTMLInputElement>('input[type=file]')].some(
      ({ files }) => files !== null && files.length > 0,
    );
    if (!chosen) return;
    event.preventDefault();
    send(form);
  });
}

function send(form: HTMLFormElement): void {
  const shown = progressOf(form);
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('X-Plazcast-Upload', 'yes');
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    shown.max = total;
    shown.value = loaded;
  });
  request.addEventListener('load', () => arrived(request, form));
  // What did not get through is told by the browser's own page.
  request.addEventListener('error', () => form.submit());
  request.send(new FormData(form));
}

function progressOf(form: HTMLFormElement): HTMLProgressElement {
  const line = document.createElement('p');
  line.className = 'upload-progress';
  line.setAttribute('role', 'status');
  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', form.dataset['upload'] ?? '');
  line.append(form.dataset['upload'] ?? '', bar);
  form.append(line);
  return bar;
}

/** The next page, or this one again with what is wrong. */
function arrived(request: XMLHttpRequest, form: HTMLFormElement): void {
  const to = request.getResponseHeader('X-Plazcast-Next');
  if (to !== null) {
    location.assign(to);
    return;
  }
  const answer = new DOMParser().parseFromString(request.responseText, 'text/html');
  const main = answer.querySelector('main');
  if (main === null) {
    form.submit();
    return;
  }
  document.title = answer.title;
  document.querySelector('main')?.replaceWith(document.adoptNode(main));
  document.dispatchEvent(new Event('plazcast:main'));
}
