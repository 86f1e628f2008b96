import { css } from 'lit';

export const partBarStyles = css`
  :host { min-width: 0; container-type: inline-size; }
  ol { list-style: none; margin: 0; padding: 0; }
  .row { display: grid; grid-template-columns: 24px minmax(72px, 92px) minmax(40px, 1fr) 48px 56px; gap: 0 8px; align-items: center; min-height: 24px; }
  .head { min-height: 18px; font-size: 0.85em; color: var(--dim); }
  .ends { display: flex; justify-content: space-between; gap: 4px; min-width: 0; white-space: nowrap; }
  .ends span { min-width: 0; overflow: hidden; text-overflow: ellipsis; }
  @container (max-width: 320px) {
    .row { grid-template-columns: 24px minmax(64px, 92px) minmax(40px, 1fr) 40px 52px; gap: 0 4px; }
    .ends { visibility: hidden; }
  }
  button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: start; }
  .name { overflow: hidden; text-overflow: ellipsis; white-space: pre; line-height: 22px; border-bottom: 2px solid transparent; }
  .name:hover { background: var(--vscode-list-hoverBackground); }
  .name.opened { font-weight: 600; border-bottom-color: var(--accent); }
  .track { position: relative; height: 22px; }
  .track i { position: absolute; }
  .zero { left: 50%; top: 0; bottom: 0; border-left: 1px solid color-mix(in srgb, currentcolor 45%, transparent); }
  .bar { top: 3px; height: 8px; min-width: 1px; }
  .hollow { top: 12px; height: 8px; min-width: 2px; border: 1.5px solid; }
  .value { text-align: end; white-space: nowrap; color: var(--dim); }
  .total { color: inherit; }
  .switch { position: relative; width: 24px; height: 14px; border: 1px solid var(--dim); border-radius: 7px; }
  .switch i { position: absolute; top: 2px; right: 2px; width: 8px; height: 8px; border-radius: 4px; background: currentcolor; }
  .switch[aria-checked='false'] i { right: auto; left: 2px; background: none; border: 1.5px solid currentcolor; }
`;
