/** Letters, header, footer, and what all pages have around their content. */
export const FRAME = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--text);
  font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, p, dl, ul, ol, dd, figure, fieldset { margin: 0; }
h1, h2, h3, dd, li, p, td, th, a, label { overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -0.015em; margin-bottom: 1.25rem; text-wrap: balance; }
h2 { font-size: 1.375rem; line-height: 1.3; margin-bottom: 0.75rem; text-wrap: balance; }
h3 { font-size: 1.125rem; line-height: 1.35; margin-bottom: 0.5rem; }
a { color: var(--link); text-underline-offset: 0.15em; }
a:hover { text-decoration-thickness: 0.15em; }
:root { --link: #1456c4; --danger: #a3262a; }
@media screen and (prefers-color-scheme: dark) { :root { --link: #8ab8ff; --danger: #f2777a; } }
/* The picker inside a date or a time has a stop of its own. */
:focus-visible, .input:is([type="date"], [type="time"]):focus-within { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.width { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
.site { background: var(--ground); border-bottom: 1px solid var(--line); }
.site .width { display: flex; flex-wrap: wrap; align-items: center; gap: 0 2rem; min-height: 3.5rem; }
.brand { color: var(--text); font-weight: 700; font-size: 1.25rem; text-decoration: none; padding: 0.5rem 0; }
.site ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.site .who { margin-left: auto; overflow-wrap: anywhere; }
.site nav a { display: block; padding: 0.75rem 0; text-decoration: none; }
.site nav a:hover { text-decoration: underline; }
.site nav a[aria-current] { box-shadow: inset 0 -3px 0 var(--link); color: var(--text); font-weight: 600; }
.back { display: inline-block; margin-top: 1rem; color: var(--text); }
.back::before { content: "‹ "; }
main { padding: 1.75rem 0 2.5rem; }
main > * + section, .live > * + section, section + section { margin-top: 2.25rem; }
main > p, section > p, .callout > p { max-width: 42rem; }
p + p, p + ul, ul + p, dl + p, .table + p, p + dl, p + form, ul + form, section > * + form { margin-top: 0.75rem; }
.eyebrow { color: var(--text-soft); font-weight: 600; }
.lead { font-size: 1.25rem; line-height: 1.45; }
.soft { color: var(--text-soft); }
.plain { padding-left: 1.25rem; }
.plain li + li { margin-top: 0.375rem; }
.foreign { unicode-bidi: isolate; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -9999px; top: 0; background: var(--paper); color: var(--text); padding: 0.75rem 1rem; }
.skip:focus { left: 0.75rem; top: 0.75rem; z-index: 2; }
footer { border-top: 1px solid var(--line); padding: 1.25rem 0 2.5rem; color: var(--text-soft); font-size: 0.9375rem;
  display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; }
footer p + p { margin-top: 0; }
@media screen and (max-width: 40rem) {
  .width { padding: 0 0.9375rem; }
  h1 { font-size: 1.625rem; }
  main { padding-top: 1.25rem; }
}
`;
