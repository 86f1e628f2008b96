import { css } from 'lit';

/** Rows of 16 px, so that thirty layers are seen at once. */
export const drawingStyles = css`
  ol { display: grid; grid-template-columns: minmax(0, 1fr); margin: 0; padding: 0; list-style: none; }
  li { min-width: 0; }
  .columns { position: relative; display: grid; grid-template-columns: var(--columns); gap: 0 6px; align-items: center; width: 100%; }
  .head { font-size: 11px; color: var(--dim); }
  .row {
    height: 16px;
    padding: 0;
    font: inherit;
    font-size: 11px;
    line-height: 16px;
    color: inherit;
    text-align: start;
    background: none;
    border: 0;
    cursor: pointer;
  }
  .row:has(.end) { height: auto; min-height: 24px; padding-block: 4px; }
  .row:hover { background: var(--vscode-list-hoverBackground); }
  .row[aria-expanded='true'] {
    --dim: currentcolor;
    background: var(--vscode-list-inactiveSelectionBackground);
    outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  :focus-visible { outline: 1px solid var(--accent) !important; outline-offset: -1px; }
  .left, .right { display: flex; align-items: center; gap: 6px; min-width: 0; overflow: hidden; white-space: nowrap; }
  .left { justify-content: end; }
  .end { grid-column: 1 / 3; }
  .leaves { grid-column: 4 / -2; }
  .bar { flex: none; height: 10px; min-width: 1px; }
  /* It is one line from the top to the bottom. */
  .stream { align-self: stretch; justify-self: center; width: 3px; background: var(--vscode-editor-foreground); opacity: 0.6; }
  .columns .number { text-align: end; white-space: nowrap; }
  .columns .number:last-child { grid-column: -2; }
  small { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--dim); font-size: inherit; }
  /* Of two lines they are where it is narrow. */
  .leaves, .leaves small { white-space: normal; }
  .opened { margin: 4px 0 8px; padding: 8px 0 8px 8px; border-left: 2px solid var(--accent); }
  @container (min-width: 800px) {
    ol { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-template-rows: repeat(var(--rows), auto) 1fr; gap: 0 24px; }
    li { grid-column: 1; }
    .opened { grid-column: 2; grid-row: 1 / -1; margin: 0; padding: 0 0 0 16px; border-left-color: var(--line); }
  }
`;
