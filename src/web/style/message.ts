/** A message as a phone shows it, and what fills it. */
export const MESSAGE = `
.beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 25rem); gap: 2.5rem; align-items: start; }
.beside > * { min-width: 0; }
.beside > .preview { position: sticky; top: 1rem; margin-top: 0; }
.beside section { margin-top: 2rem; }
.chat-ground { max-width: none; }
.chat-ground + p { margin-top: 0.75rem; }
.rows { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1rem; margin: 0.875rem 0; }
.rows a, .rows .off { min-width: 2.75rem; min-height: 2.75rem; display: grid; place-items: center; border: 2px solid var(--text-soft); border-radius: 5px; text-decoration: none; }
.rows .off { opacity: 0.35; }
.count { font-variant-numeric: tabular-nums; }
.variable { border: 0; border-top: 1px solid var(--line); padding: 1rem 0 0; margin: 0 0 1rem; min-width: 0; }
p + form .variable:first-of-type { margin-top: 1rem; }
.variable .field { margin-bottom: 0.75rem; }
.variable legend { float: left; width: 100%; margin-bottom: 0.75rem; }
.variable legend + * { clear: both; }
.variable legend code { font-size: 1.0625rem; }
.samples { color: var(--text-soft); font-size: 1rem; }
.reveal { border-left: 4px solid var(--line); margin: -0.75rem 0 1.5rem 0.625rem; padding-left: 1.5rem; }
.reveal .field { margin: 0; }
form:has([value="other"]):not(:has([value="other"]:checked)) .reveal { display: none; }
.inline { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; }
.inline .field { margin: 0; flex: 1 1 9rem; }
.mend { display: grid; gap: 0.25rem; border-bottom: 1px solid var(--line); padding: 1.125rem 0; }
.mend:first-of-type { border-top: 1px solid var(--line); }
.mend .field { margin-bottom: 0.5rem; }
.mend .row { font-variant-numeric: tabular-nums; }
.sum + h2, .sum + .lead { margin-top: 1.75rem; }
.mend .inline .field { flex: 0 1 24rem; margin: 0; }
.variable .samples + input + .field, .variable .samples + .field { margin-top: 0.75rem; }
.mend h3 .soft { font-weight: 400; }
.mend h3 { margin-bottom: 0.25rem; }
.sum { font-size: 1.25rem; font-variant-numeric: tabular-nums; }
.sum strong { white-space: nowrap; }
.note { font-size: 1rem; }
.question h1, h1 label { font-size: inherit; font-weight: inherit; letter-spacing: inherit; }
legend h1, .field > h1 { margin-bottom: 0.75rem; }
.upload-progress { max-width: 36rem; margin-top: 1rem; }
@media (max-width: 52rem) { .beside { grid-template-columns: minmax(0, 1fr); } .beside > .preview { position: static; } }
`;
