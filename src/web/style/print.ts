/**
 * The page on paper: what is to be read, and nothing to press or fill in, nor a heading over that alone. Stands behind
 * everything else, which would show it again.
 */
export const PRINT = `
@media print {
  body { font-size: 10.5pt; }
  .site, footer, .back, .skip, .actions, .pages, form, form.search, form.inline, .tabs { display: none; }
  a.button, .change, #reports, #try, #go, #audit { display: none; }
  h2:has(+ form:last-child), h3:has(+ form:last-child) { display: none; }
  h1, h2, h3, caption { break-after: avoid; }
  .width { max-width: none; padding: 0; }
  .chat-ground { max-width: 100mm; }
  tr, .summary div { break-inside: avoid; }
}
`;
