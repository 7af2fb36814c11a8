/** Fields, buttons, and what is said of them. */
export const FORMS = `
.field { border: 0; padding: 0; min-width: 0; margin: 0 0 1.5rem; }
.field > label, legend { display: block; font-weight: 600; padding: 0; margin-bottom: 0.25rem; }
.hint { color: var(--text-soft); font-size: 1rem; margin-bottom: 0.5rem; max-width: 42rem; }
.input { display: block; width: 100%; max-width: 36rem; min-height: 2.75rem; padding: 0.4375rem 0.625rem; font: inherit;
  color: var(--text); background: var(--paper); border: 2px solid var(--text-soft); border-radius: 4px; }
.input.sized { width: auto; max-width: 100%; }
textarea.input { resize: vertical; }
.file { display: block; width: 100%; max-width: 36rem; font: inherit; padding: 1.25rem; border: 2px dashed var(--text-soft); border-radius: 6px; }
.file.over { border-style: solid; border-color: var(--focus); background: var(--accepted-soft); }
.wrong { border-left: 4px solid var(--danger); padding-left: 1rem; }
.wrong .input, .wrong .file { border-color: var(--danger); }
.error { color: var(--refused-text); font-weight: 600; margin-bottom: 0.5rem; }
.choice { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.75rem; align-items: start; padding: 0.375rem 0; }
.choice input { width: 1.5rem; height: 1.5rem; margin: 0.0625rem 0 0; accent-color: var(--link); }
.choice .hint { grid-column: 2; margin: 0; }
.button { display: inline-block; font: inherit; font-weight: 600; line-height: 1.3; text-align: center; text-decoration: none; cursor: pointer;
  padding: 0.625rem 1.125rem; border: 2px solid transparent; border-radius: 5px; min-height: 2.75rem; }
.button.primary { background: var(--accepted); color: var(--on-tone); }
.button.danger { background: var(--danger); color: var(--on-tone); }
.button.secondary { background: var(--ground); color: var(--text); border-color: var(--text-soft); }
.button:hover { filter: brightness(0.92); }
.shut fieldset { border: 0; padding: 0; margin: 0 0 0.5rem; min-width: 0; }
.button:disabled { opacity: 0.6; cursor: not-allowed; }
.button[aria-disabled="true"] { opacity: 0.6; cursor: default; }
.search { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: flex-end; margin-top: 1.5rem; }
.search .input { width: auto; max-width: 100%; }
.search .button { margin-bottom: 1.5rem; }
form + h3, form + form { margin-top: 1.75rem; }
form + p, section > p + .field { margin-top: 0.75rem; }
td form { margin-top: 0.5rem; }
td .button { padding: 0.375rem 0.75rem; min-height: 0; }
.side-by-side { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: flex-end; }
.side-by-side .input { width: auto; }
.days { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0 1rem; max-width: 36rem; }
.choices .inside .field { margin-bottom: 0.75rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: center; margin-top: 1rem; }
.actions form { margin: 0; }
.errors { border: 4px solid var(--danger); border-radius: 4px; padding: 1rem 1.25rem; margin-bottom: 1.75rem; max-width: 46rem; }
.errors h2 { font-size: 1.125rem; margin-bottom: 0.5rem; }
.errors ul { padding-left: 1.25rem; }
.errors a { color: var(--refused-text); font-weight: 600; }
button.link { font: inherit; color: var(--link); background: none; border: 0; padding: 0.125rem 0; text-decoration: underline; text-underline-offset: 0.15em; cursor: pointer; }
@media (forced-colors: active) { .button { border-color: ButtonText; } }
`;
