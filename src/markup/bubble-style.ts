/** How a message looks on its ground, as a phone shows it. */
export const BUBBLE = `
.chat-ground { background: var(--chat); border-radius: 12px; max-width: 430px; padding: 14px; }
.bubble { background: var(--bubble); border: 1px solid var(--line); border-radius: 0 10px 10px 10px;
  padding: 10px 12px; font-size: 15px; }
.bubble > * + * { margin-top: 6px; }
.bubble .foreign { white-space: pre-wrap; }
.bubble-media { background: var(--quiet-soft); border-radius: 6px; padding: 18px 10px; text-align: center; }
.bubble-header { font-weight: 700; }
.bubble-media, .bubble-footer { color: var(--text-soft); font-size: 13px; }
.bubble-buttons { list-style: none; margin: 10px -12px -10px; padding: 0; }
.bubble-buttons li { border-top: 1px solid var(--line); color: var(--button); font-weight: 600; padding: 9px; text-align: center; }
`;
