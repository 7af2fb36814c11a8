/** What pages are made of: lists, tables, banners, tabs, progress. */
export const CONTENT = `
.accepted { --tone: var(--accepted); --tone-soft: var(--accepted-soft); --tone-text: var(--accepted-text); }
.refused { --tone: var(--refused); --tone-soft: var(--refused-soft); --tone-text: var(--refused-text); }
.uncertain { --tone: var(--uncertain); --tone-soft: var(--uncertain-soft); --tone-text: var(--uncertain-text); }
.quiet { --tone: var(--quiet); --tone-soft: var(--quiet-soft); --tone-text: var(--text); }
.banner { border: 3px solid var(--tone); border-radius: 4px; margin-bottom: 1.75rem; max-width: 46rem; }
.banner-title { background: var(--tone); color: var(--on-tone); font-weight: 600; padding: 0.1875rem 1.125rem 0.3125rem; }
.banner-title + p { padding: 0.875rem 1.125rem; margin: 0; font-size: 1.125rem; }
.callout { border-left: 6px solid var(--tone); background: var(--tone-soft); color: var(--text); padding: 0.875rem 1.125rem; margin: 1rem 0; max-width: 46rem; }
.callout h2 { font-size: 1.25rem; margin-bottom: 0.5rem; }
.callout ul { margin: 0.5rem 0; }
.callout form { margin-top: 1rem; }
.callout .field { margin-bottom: 0.75rem; }
.warning { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0.875rem; align-items: center; margin: 1rem 0; }
.sign { width: 2.125rem; height: 2.125rem; border-radius: 50%; background: var(--text); color: var(--paper); font-weight: 700; font-size: 1.375rem; display: grid; place-items: center; }
.tag { display: inline-block; background: var(--tone-soft); color: var(--tone-text); font-weight: 600; font-size: 0.9375rem; line-height: 1.4; padding: 0.0625rem 0.5625rem; border-radius: 4px; }
.summary > div { display: grid; grid-template-columns: minmax(9rem, 30%) minmax(0, 1fr) auto; gap: 0 1.25rem; padding: 0.625rem 0; border-bottom: 1px solid var(--line); }
.summary dt { font-weight: 600; }
.todo { list-style: none; padding: 0; border-top: 1px solid var(--line); }
.todo > li { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; justify-content: space-between; align-items: center; padding: 0.875rem 0; border-bottom: 1px solid var(--line); }
.todo > li > div { flex: 1 1 20rem; min-width: 0; }
.todo .what { font-weight: 600; }
.table { position: relative; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; line-height: 1.45; }
caption { text-align: left; color: var(--text-soft); padding-bottom: 0.375rem; }
h2 + .table caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
section + p, details + p { margin-top: 1.75rem; }
th, td { text-align: left; vertical-align: top; padding: 0.5625rem 0.875rem; border-bottom: 1px solid var(--line); font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; }
thead th { font-weight: 600; }
tbody th { font-weight: 400; min-width: 9rem; }
.table th, .table td { overflow-wrap: break-word; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tabs ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; border-bottom: 1px solid var(--line); margin-bottom: 1.75rem; }
.tabs a { display: block; padding: 0.625rem 0; text-decoration: none; }
.tabs a:hover { text-decoration: underline; }
.tabs a[aria-current] { box-shadow: inset 0 -4px 0 var(--link); color: var(--text); font-weight: 600; }
.pages { display: flex; gap: 1.5rem; margin-top: 1rem; }
details { margin: 1rem 0; }
summary { cursor: pointer; color: var(--link); width: fit-content; padding: 0.25rem 0; text-decoration: underline; text-underline-offset: 0.15em; }
.inside { border-left: 5px solid var(--line); padding: 0.75rem 0 0.25rem 1.25rem; margin-top: 0.25rem; }
.progress { max-width: 36rem; }
progress { appearance: none; display: block; width: 100%; height: 0.875rem; border: 0; border-radius: 7px; overflow: hidden; background: var(--quiet-soft); color: var(--accepted); }
progress::-webkit-progress-bar { background: var(--quiet-soft); }
progress::-webkit-progress-value { background: var(--accepted); }
progress::-moz-progress-bar { background: var(--accepted); }
.lost { position: sticky; bottom: 0; }
code { font: 0.9375em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.of { font-size: 1.25rem; font-weight: 400; color: var(--text-soft); }
.progress-now > * + * { margin-top: 0.75rem; }
.pace { font-size: 1.125rem; font-variant-numeric: tabular-nums; }
.big { font-size: 2rem; line-height: 1.15; font-weight: 700; font-variant-numeric: tabular-nums; }
@media screen and (max-width: 40rem) {
  .summary > div { grid-template-columns: minmax(0, 1fr) auto; }
  .summary dt { grid-column: 1 / -1; }
  th, td { padding: 0.5rem 0.625rem; }
  td:not(.number) { min-width: 8.5rem; }
  /* What became of everybody is read in one direction: what to do stands below who it is about. */
  #reasons thead { position: absolute; clip-path: inset(50%); }
  #reasons tr { display: grid; grid-template-columns: minmax(0, 1fr) auto; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  #reasons :is(th, td) { border: 0; padding: 0.125rem 0; min-width: 0; }
  #reasons td:not(.number) { grid-column: 1 / -1; }
  #reasons td:empty { display: none; }
}
`;
