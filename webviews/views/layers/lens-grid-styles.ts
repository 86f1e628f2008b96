import { css } from 'lit';

export const ROW_HEIGHT = 24;

/** Pixels of the columns of tokens, of the true next tokens (0 for none), and, at the least, of a layer. */
export function widthsOf(width: number): { token: number; next: number; least: number } {
  if (width < 400) return { token: 64, next: 0, least: 42 };
  return width < 640 ? { token: 80, next: 88, least: 48 } : { token: 104, next: 136, least: 58 };
}

export const gridStyles = css`
  :host { min-width: 0; }
  .frame { max-height: max(240px, 68vh); overflow: auto; }
  [role='row'] { display: grid; grid-template-columns: var(--columns); height: 24px; }
  .head { position: sticky; top: 0; z-index: 2; background: var(--vscode-editor-background); color: var(--dim); }
  .head span { padding-inline: 3px 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-variant-numeric: tabular-nums; }
  .head .chosen { color: var(--vscode-editor-foreground); font-weight: 600; }
  .rows { position: relative; }
  .rows [role='row'] { position: absolute; left: 0; width: 100%; font-family: var(--mono); }
  .rows span { padding: 0 5px; line-height: 23px; overflow: hidden; text-overflow: ellipsis; white-space: pre; border: solid var(--vscode-editor-background); border-width: 0 1px 1px 0; }
  .rows span.token { position: sticky; left: 0; z-index: 1; text-align: end; background: var(--vscode-editor-background); }
  .head .token { position: sticky; left: 0; padding-inline-end: 6px; text-align: end; background: inherit; }
  .rows .space { padding: 0; border: 0; opacity: 0.6; }
  .rows .next { color: var(--dim); }
  .next b { color: var(--settles); }
  .rows .cell { cursor: pointer; outline: 1px solid color-mix(in srgb, currentcolor 10%, transparent); outline-offset: -1px; }
  .rows .cell { position: relative; }
  .rows .cell i { position: absolute; inset: 0 auto 0 0; width: 3px; background: var(--settles); }
  .rows .cell.chosen { outline: 1px solid color-mix(in srgb, currentcolor 45%, transparent); }
  .rows .cell.selected { outline: 2px solid var(--accent); outline-offset: -2px; }
  .rows .cell:focus-visible { outline: 3px double var(--accent); outline-offset: -3px; }
  .rows [aria-selected='true'] .token { font-weight: 600; color: var(--vscode-textLink-foreground); }
  .hovered .token, .hovered .next { background: var(--vscode-list-hoverBackground) !important; }
  .waiting { color: var(--dim); opacity: 0.6; }
`;
