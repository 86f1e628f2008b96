import { css } from 'lit';

/** What every element of the inspector shares: the workbench's fonts and colours on a grid of 4 px, and a block unless its own styles say otherwise. */
export const base = css`
  :host {
    display: block;
    --mono: var(--vscode-editor-font-family, monospace);
    --dim: var(--vscode-descriptionForeground);
    --line: var(--vscode-widget-border, var(--vscode-panel-border, var(--vscode-contrastBorder, currentcolor)));
    --accent: var(--vscode-focusBorder);
    color: var(--vscode-editor-foreground);
    font: var(--vscode-font-size, 13px) / 1.5 var(--vscode-font-family, sans-serif);
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  h2 {
    margin: 0 0 8px;
    font-size: inherit;
    font-weight: 600;
  }
  h2 small {
    margin-left: 8px;
    font-weight: 400;
    color: var(--dim);
  }
  p {
    margin: 0;
    max-width: 64ch;
  }
  h2,
  p {
    overflow-wrap: anywhere;
  }
  /* A token can be longer than any line. */
  .one-line {
    display: inline-block;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
    white-space: pre;
  }
  .dim {
    color: var(--dim);
  }
  /* For screen readers alone. */
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .mono {
    font-family: var(--mono);
  }
  /* Drawn here: a browser's own bar that is so low does not show how far it is. */
  progress {
    appearance: none;
    height: 4px;
    border: 0;
    background: color-mix(in srgb, currentcolor 20%, transparent);
  }
  progress::-webkit-progress-bar {
    background: none;
  }
  progress::-webkit-progress-value {
    background: var(--vscode-textLink-foreground);
  }
  progress::-moz-progress-bar {
    background: var(--vscode-textLink-foreground);
  }
  :focus-visible {
    outline: 1px solid var(--accent);
    outline-offset: 1px;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      transition: none !important;
      animation: none !important;
    }
  }
`;

/** Charts as wide as their element, with quiet labels. */
export const chart = css`
  svg {
    display: block;
    width: 100%;
  }
  text {
    fill: var(--dim);
    font-size: 11px;
  }
`;

/** Rows of small buttons under names, of which one is pressed: `<dl><dd><button aria-pressed>`. */
export const chips = css`
  dl {
    margin: 0;
  }
  dd {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin: 0;
  }
  button {
    padding: 0 8px;
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid var(--line);
    cursor: pointer;
  }
  button:hover {
    background: var(--vscode-list-hoverBackground);
  }
  button[aria-pressed='true'] {
    border-color: var(--accent);
    outline: 1px solid var(--accent);
  }
  small {
    color: var(--dim);
    font-size: 0.85em;
  }
`;
