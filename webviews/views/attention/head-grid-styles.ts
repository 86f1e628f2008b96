import { css } from 'lit';
import { base } from '../../kit/styles';

/** Cells as large as let all heads be seen at once: what the bar, the text, the controls and a notice leave of the page's height is theirs. */
export const headGridStyles = [
  base,
  css`
    :host { display: block; container-type: inline-size; }
    .frame { --gutter: 28px; }
    .grid {
      --around: calc(var(--bar-height, 36px) + var(--strip-height, 33vh) + var(--toolbar-height, 36px) + var(--notice-height, 0px) + 72px);
      --cell: clamp(8px, min((100cqi - var(--gutter)) / var(--heads), (100vh - var(--around)) / var(--layers)), 40px);
      position: relative;
      display: grid;
      grid-template-columns: var(--gutter) repeat(var(--heads), var(--cell));
      grid-template-rows: 16px;
      grid-auto-rows: var(--cell);
      width: max-content;
    }
    canvas {
      position: absolute;
      inset: 16px 0 0 var(--gutter);
      width: calc(var(--heads) * var(--cell));
      height: calc(var(--layers) * var(--cell));
    }
    [role='row'] { display: contents; }
    .number {
      padding-right: 8px;
      font-size: 11px;
      line-height: var(--cell);
      text-align: end;
      color: var(--dim);
    }
    .column { font-size: 10px; line-height: 16px; text-align: center; color: var(--dim); }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    .cell { position: relative; cursor: pointer; }
    .cell:hover { outline: 1px dashed var(--accent); }
    .chosen { z-index: 1; outline: 2px solid var(--accent); }
    .cell:focus-visible { z-index: 2; outline: 3px solid var(--accent); }
    .off {
      background:
        linear-gradient(to top right, transparent 46%, currentcolor 46% 54%, transparent 54%),
        linear-gradient(to bottom right, transparent 46%, currentcolor 46% 54%, transparent 54%);
    }
  `,
];
