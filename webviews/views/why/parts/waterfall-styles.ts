import { css } from 'lit';

/** Rows of the height `--row`, which the grid of heads beside them has too: the first is as high as that one's numbers. */
export const waterfallStyles = css`
  :host { min-width: 0; }
  .rows { --gutter: 68px; position: relative; padding-inline-end: 4px; }
  .rows > [role='row'] { display: grid; grid-template: repeat(2, 1fr) / var(--gutter) minmax(0, 1fr); height: var(--row); }
  .number { font-variant-numeric: tabular-nums; }
  [role='rowheader'] { grid-row: 1 / 3; align-self: center; padding-right: 8px; font-size: 11px; line-height: 1; text-align: end; color: var(--dim); }
  .rows > .term { grid-template-rows: 1fr; height: 16px; }
  .term [role='rowheader'] { grid-row: 1; }
  .track { position: relative; grid-column: 2; min-width: 0; cursor: pointer; }
  .term .track { grid-column: 2; cursor: auto; }
  .attention, .mlp { border-top: 1px solid transparent; }
  .track[data-layer]:hover { background: var(--vscode-list-hoverBackground); }
  .opened { outline: 2px solid var(--accent); outline-offset: -1px; z-index: 1; }
  .track:focus-visible { outline: 3px solid var(--accent); z-index: 2; }
  i { position: absolute; }
  .bar { top: 0; bottom: 1px; min-width: 1px; }
  /* In the colour of text: it is seen on its own bar too. */
  .hollow { top: 0; bottom: 1px; min-width: 3px; border: 1px solid; }
  .link { top: 0; bottom: -2px; border-left: 1px solid color-mix(in srgb, currentcolor 35%, transparent); }
  .axis { position: absolute; inset: 0 4px 0 var(--gutter); }
  .zero { top: 0; bottom: 0; border-left: 1px dashed color-mix(in srgb, currentcolor 40%, transparent); }
  .ends { display: grid; grid-template-columns: var(--gutter) minmax(0, 1fr); font-size: 11px; line-height: 16px; color: var(--dim); }
  .ends .track { display: flex; justify-content: space-between; gap: 24px; white-space: nowrap; }
  .ends .track span { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
  .value { position: absolute; z-index: 1; padding: 1px 2px; background: color-mix(in srgb, var(--vscode-editor-background) 75%, transparent); top: 50%; transform: translateY(-50%); font-size: 11px; line-height: 1; white-space: nowrap; pointer-events: none; }
`;
