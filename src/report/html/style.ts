import { BUBBLE } from '../../markup/bubble.js';
import { COLOURS } from '../../markup/colours.js';

/** The style sheet of the HTML report. */
export const STYLE = `
${COLOURS}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; padding: 0 20px 56px; background: var(--ground); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
header, main, footer { max-width: 960px; margin: 0 auto; }
main:focus { outline: none; }
header { padding: 48px 0 20px; }
h1, h2, h3, p, dl, ul, ol { margin: 0; }
h1, h2, h3, dd, li, p, td, th { overflow-wrap: anywhere; }
p, li { text-wrap: pretty; }
h1, h2, h3, .lead { text-wrap: balance; }
h1 { font-size: 34px; line-height: 1.2; letter-spacing: -0.015em; }
h2 { font-size: 21px; line-height: 1.3; letter-spacing: -0.005em; margin-bottom: 14px; }
h3 { font-size: 16px; line-height: 1.4; }
.eyebrow { color: var(--text-soft); font-size: 14px; font-weight: 600; margin-bottom: 4px; }
.facts { display: flex; flex-wrap: wrap; gap: 10px 32px; margin-top: 20px; font-size: 14px; }
.facts div { min-width: 0; }
.facts dt { color: var(--text-soft); }
.facts dd { margin: 0; font-weight: 600; }
section {
  background: var(--paper); border: 1px solid var(--line); border-radius: 12px;
  padding: 28px 32px 30px; margin-top: 20px;
}
section > * + * { margin-top: 16px; }
section > h2 + * { margin-top: 0; }
.part + .part { margin-top: 30px; }
.part > * + * { margin-top: 10px; }
.lead { font-size: 20px; line-height: 1.45; max-width: 44em; }
.note { color: var(--text-soft); font-size: 14px; max-width: 64em; }
.foreign { unicode-bidi: isolate; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 18px; }
.cards.few { grid-template-columns: repeat(auto-fit, minmax(200px, 280px)); }
.card { border-top: 4px solid var(--tone, var(--line)); padding: 10px 0 4px; }
.card dt { font-size: 14px; font-weight: 600; color: var(--tone-text, var(--text-soft)); }
.card dd { margin: 2px 0 0; }
.card strong { font-size: 28px; line-height: 1.2; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.card .hint { display: block; color: var(--text-soft); font-size: 13px; line-height: 1.4; margin-top: 4px; }
.accepted { --tone: var(--accepted); --tone-soft: var(--accepted-soft); --tone-text: var(--accepted-text); }
.refused { --tone: var(--refused); --tone-soft: var(--refused-soft); --tone-text: var(--refused-text); }
.uncertain { --tone: var(--uncertain); --tone-soft: var(--uncertain-soft); --tone-text: var(--uncertain-text); }
.rejected { --tone: var(--rejected); --tone-soft: var(--rejected-soft); --tone-text: var(--rejected-text); }
.quiet { --tone: var(--quiet); --tone-soft: var(--quiet-soft); --tone-text: var(--text); }
.state { border-left: 4px solid var(--refused); padding: 4px 0 4px 18px; font-weight: 600; }
.sandbox { background: var(--uncertain-soft); color: var(--uncertain-text); border-left: 4px solid var(--uncertain); margin-bottom: 28px; padding: 8px 18px; }
.todo { border-left: 4px solid var(--focus); padding: 4px 0 4px 18px; }
.todo ul { padding-left: 20px; margin-top: 6px; }
.todo li + li { margin-top: 6px; }
.todo.done { border-color: var(--accepted); }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 6px 22px; font-size: 14px; }
.legend li { display: flex; align-items: center; gap: 8px; }
.swatch { width: 14px; height: 14px; border-radius: 3px; background: var(--tone); flex: none; }
.swatch.limit { height: 0; width: 22px; border-radius: 0; background: none; border-top: 2px dashed var(--text); }
.swatch.pause { background: var(--pause); border: 1px solid var(--quiet); }
.drawing svg { display: block; width: 100%; height: auto; }
.drawing.narrow { display: none; }
.chat { margin: 0; }
.chat .note { margin-top: 10px; }
${BUBBLE}
details { font-size: 15px; }
section > details + details { margin-top: 2px; }
summary { cursor: pointer; color: var(--text); font-weight: 600; font-size: 14px; padding: 4px 0; width: fit-content; }
summary:hover { text-decoration: underline; }
details .table { margin-top: 8px; max-height: 480px; overflow: auto; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; line-height: 1.45; }
caption { text-align: left; color: var(--text-soft); padding-bottom: 8px; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px; border-bottom: 1px solid var(--line); font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; }
thead th { color: var(--text-soft); font-weight: 600; white-space: nowrap; }
td, tbody th { min-width: 9em; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; min-width: 0; }
th.number:first-child { text-align: left; }
#rejections caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.reasons { list-style: none; padding: 0; }
.reason { display: grid; grid-template-columns: 132px minmax(0, 1fr); gap: 4px 24px; padding: 20px 0; border-top: 1px solid var(--line); }
.reason:last-child { padding-bottom: 0; }
.amount strong { display: block; font-size: 26px; line-height: 1.15; font-variant-numeric: tabular-nums; }
.badge {
  display: inline-block; margin-top: 6px; padding: 1px 10px; border-radius: 99px; font-size: 13px; font-weight: 600;
  background: var(--tone-soft); color: var(--tone-text);
}
.bar { height: 6px; margin: 8px 0 10px; border-radius: 3px; background: var(--quiet-soft); }
.bar span { display: block; height: 6px; border-radius: 3px; background: var(--tone); }
.advice { max-width: 46em; }
.said { color: var(--text-soft); font-size: 14px; margin-top: 6px; }
code { font: 13px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
footer { color: var(--text-soft); font-size: 14px; padding-top: 24px; }
.skip { position: absolute; left: -9999px; top: 0; background: var(--paper); color: var(--text); padding: 10px 16px; }
.skip:focus { left: 12px; top: 12px; z-index: 1; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 3px; }
@media screen and (max-width: 640px) {
  body { padding: 0 12px 40px; }
  header { padding: 28px 4px 8px; }
  h1 { font-size: 26px; }
  section { padding: 22px 18px 24px; border-radius: 10px; margin-top: 14px; }
  .lead { font-size: 18px; }
  .facts { gap: 10px 24px; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
  .cards.few { grid-template-columns: minmax(0, 1fr); }
  .card strong { font-size: 24px; }
  .drawing.wide { display: none; }
  .drawing.narrow { display: block; }
  .reason { grid-template-columns: minmax(0, 1fr); }
  .amount { display: flex; align-items: center; gap: 12px; }
  .badge { margin: 0; }
}
@page { size: A4; margin: 16mm 15mm; }
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { background: none; padding: 0; font-size: 10.5pt; }
  header { padding: 0 0 6mm; }
  h1 { font-size: 22pt; }
  .facts { gap: 2mm 7mm; margin-top: 4mm; font-size: 9pt; }
  .lead { font-size: 13pt; }
  .note, .said { font-size: 9pt; }
  section > * + * { margin-top: 4mm; }
  h2 { font-size: 14pt; }
  section { border: 0; border-top: 1px solid var(--line); border-radius: 0; padding: 6mm 0 0; margin-top: 7mm; }
  h2, h3, .legend, h2 + p { break-after: avoid; }
  h2, h3 { break-after: avoid; }
  .chat-ground { max-width: 100mm; }
  .bubble { font-size: 10pt; }
  .card, .reason, .chart, .chat, .todo, .part, tr, dl.cards { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  .cards { grid-template-columns: repeat(auto-fit, minmax(29mm, 1fr)); gap: 5mm; }
  .cards.few { grid-template-columns: repeat(3, 1fr); }
  .card strong { font-size: 17pt; }
  .card .hint { font-size: 8.5pt; }
  .reason { padding: 4mm 0; }
  details, .skip { display: none; }
}
`;
