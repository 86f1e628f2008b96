import { css } from 'lit';

/** Pixels. */
export const WIDEST_CELL = 64;

/** Cells as large as let all layers be seen at once, and all columns where there is room for them; more columns scroll. */
export const patchGridStyles = css`
  :host { container-type: inline-size; }
  .frame { overflow: auto; padding: 1px 1px 4px; }
  .grid {
    --gutter: 32px;
    --wide: clamp(12px, (100cqi - var(--gutter) - 4px) / var(--columns), ${WIDEST_CELL}px);
    --high: clamp(11px, (100vh - 560px) / var(--rows), 22px);
    position: relative;
    display: grid;
    grid-template-columns: var(--gutter) repeat(var(--columns), var(--wide));
    grid-template-rows: auto;
    grid-auto-rows: var(--high);
    width: max-content;
  }
  [role='row'] { display: contents; }
  [role='columnheader'] { display: flex; align-items: end; justify-content: center; padding-bottom: 4px; font-family: var(--mono); font-size: 11px; line-height: 12px; color: var(--dim); }
  text { fill: currentcolor; font-family: var(--mono); font-size: 11px; }
  .differs { font-weight: 600; color: var(--vscode-editor-foreground) !important; }
  .layer { position: sticky; left: 0; z-index: 3; padding-right: 8px; font-size: 11px; line-height: var(--high); text-align: end; color: var(--dim); background: var(--vscode-editor-background); }
  .layer i { font-style: normal; }
  .cell { position: relative; border: solid var(--vscode-editor-background); border-width: 0 1px 1px 0; cursor: pointer; outline: 1px solid color-mix(in srgb, currentcolor 10%, transparent); outline-offset: -1px; }
  .cell:hover, .cell:focus-visible { z-index: 2; outline: 2px solid var(--accent); outline-offset: -1px; }
  .cell.target { z-index: 2; outline: 2px solid var(--vscode-editor-foreground); outline-offset: -1px; }
  .cell.source { z-index: 2; outline: 2px dashed var(--vscode-editor-foreground); outline-offset: -2px; }
  .cone { position: absolute; z-index: 1; pointer-events: none; border: 2px dashed var(--vscode-editor-foreground); }
`;
