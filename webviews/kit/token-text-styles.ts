import { css } from 'lit';
import { hatched } from './hatch';

/** Of a text that flows as its tokens: what is seen of them, of a chat, and of the marks over them. */
export const tokenTextStyles = css`
  :host {
    display: block;
    /* Glyphs scroll with the text. */
    position: relative;
    font-family: var(--mono);
    font-size: var(--vscode-editor-font-size, 14px);
    line-height: 1.9;
    overflow-wrap: anywhere;
    /* Spaces at the end of a line go on in the next: each token can be seen. */
    white-space: break-spaces;
  }
  .token {
    padding: 3px 0 1px;
    border-bottom: 2px solid transparent;
    border-left: 1px solid color-mix(in srgb, currentcolor 14%, transparent);
    cursor: pointer;
  }
  .ten, [data-line='1'] { border-bottom: 2px dotted color-mix(in srgb, currentcolor 60%, transparent); }
  .hundred, [data-line='2'] { border-bottom: 2px dashed color-mix(in srgb, currentcolor 70%, transparent); }
  .beyond, [data-line='3'] { border-bottom: 2px solid color-mix(in srgb, currentcolor 85%, transparent); }
  .unnamed { padding-bottom: 0; border-bottom: 3px double color-mix(in srgb, currentcolor 85%, transparent); }
  .context { opacity: 0.7; }
  .glyph::before {
    position: absolute;
    opacity: 0.6;
  }
  .space::before {
    content: '·';
  }
  .tab::before {
    content: '→';
  }
  .start::before {
    content: '⊢';
    position: static;
  }
  .line::before {
    content: '⏎';
  }
  .return::before {
    content: '␍';
  }
  .hatched { background-image: ${hatched}; }
  .hovered { outline: 1px dashed var(--accent); }
  .selected { outline: 2px solid var(--accent); border-radius: 1px; }
  .part { font-size: 0.7em; vertical-align: sub; }
  .frame { container-type: inline-size; }
  .chat { display: grid; grid-template-columns: fit-content(12ch) minmax(0, 1fr); gap: 4px 8px; }
  .message { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline; }
  .role {
    overflow: hidden;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--dim);
    font-family: var(--vscode-font-family, sans-serif);
    font-size: 0.85em;
    cursor: help;
  }
  .said { min-width: 0; padding-inline-start: 8px; border-inline-start: 1px solid var(--line); }
  /* No room for a margin: roles stand before their text. */
  @container (max-width: 360px) {
    .chat, .message { display: block; }
    .message + .message { margin-top: 4px; }
    .role { margin-inline-end: 6px; }
    .said { display: inline; padding: 0; border: 0; }
  }
  .scored { border-top: 1px solid var(--dim); }
  .chip { padding: 0 3px; font-size: 0.85em; border: 1px solid var(--dim); border-radius: 4px; box-decoration-break: clone; }
  button {
    font: inherit;
    color: var(--vscode-textLink-foreground);
    background: none;
    border: 0;
    padding: 0 4px;
    cursor: pointer;
  }
`;
