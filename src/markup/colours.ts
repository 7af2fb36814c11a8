/**
 * Colours of report and page, by their role, so that light, dark and paper each give them values: every text reaches
 * 4.5:1 on its ground, every bar 3:1, and the three outcomes differ in lightness too, for who does not tell red from
 * green and for black-and-white printers.
 */
export const COLOURS = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ground: #f4f5f7; --line: #dfe3e8;
  --text: #16202b; --text-soft: #55626f;
  --accepted: #0f766e; --refused: #a3262a; --uncertain: #b7791f; --rejected: #6b4fa0; --quiet: #aab4bf;
  --accepted-soft: #e3f3f1; --refused-soft: #fae9e9; --uncertain-soft: #fbf1de; --rejected-soft: #efebf7;
  --quiet-soft: #eceff2; --neutral: #41698f; --on-tone: #ffffff; --pause: #eceef1; --focus: #1456c4;
  --chat: #efe9e0; --bubble: #ffffff; --button: #06647f;
  --accepted-text: #0b5c55; --refused-text: #8f1d21; --uncertain-text: #7d4f0c; --rejected-text: #553c86;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #171c22; --ground: #0f1317; --line: #323b45;
    --text: #e8ecf0; --text-soft: #a6b2be;
    --accepted: #2fb5a5; --refused: #f2777a; --uncertain: #f0c05a; --rejected: #b9a2ee; --quiet: #66737f;
    --accepted-soft: #12332f; --refused-soft: #3d2022; --uncertain-soft: #392c12; --rejected-soft: #2a2340;
    --quiet-soft: #262e37; --neutral: #7ba6d0; --on-tone: #10151a; --pause: #232a32; --focus: #8ab8ff;
    --chat: #0b141a; --bubble: #202c33; --button: #6cc7ee;
    --accepted-text: #6fd6c9; --refused-text: #ff9ea0; --uncertain-text: #f4cd7d; --rejected-text: #cbb9f5;
  }
}
`;
