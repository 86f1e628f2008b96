import { css } from 'lit';

/** The layers from the first to the last above the fold: what the bar, the question and the text leave of the page's height is theirs. */
export const whyPartsStyles = css`
  :host { container-type: inline-size; }
  .failure { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 8px 16px; border-bottom: 1px solid var(--line); }
  .panes {
    --around: calc(var(--bar-height, 36px) + var(--strip-height, 33vh) + var(--question-height, 50px) + 17px + 128px);
    --row: clamp(10px, (100vh - var(--around)) / var(--layers), 28px);
    --grid-cell-height: var(--row);
    --grid-cell-width: clamp(6px, 300px / var(--heads), 22px);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px 24px;
    padding: 8px 16px 24px;
  }
  section, .side { min-width: 0; }
  /* Of one line each: the rows below stand beside each other. */
  section > h2 { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .heads { order: 1; width: max(140px, 28px + var(--heads) * var(--grid-cell-width)); max-width: 100%; }
  .side { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px 24px; align-content: start; }
  @container (min-width: 560px) {
    .panes { grid-template-columns: minmax(0, 1fr) auto; }
    .heads { order: 0; }
    .side { grid-column: 1 / -1; }
  }
  @container (min-width: 880px) {
    .panes { grid-template-columns: minmax(0, 1fr) auto 340px; }
    .side { grid-column: auto; }
  }
  @container (min-width: 1180px) {
    .panes { grid-template-columns: minmax(0, 1fr) auto 400px; }
  }
  @container (min-width: 1400px) {
    .panes { grid-template-columns: minmax(0, 1fr) auto 800px; }
    .side { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  }
`;
