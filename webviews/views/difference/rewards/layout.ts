import { css } from 'lit';

/** How the page of steps is laid out: a column that becomes two where there is room. */
export const layout = css`
  :host { padding: 12px 16px; container-type: inline-size; }
  header { margin-bottom: 12px; }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; margin: 12px 0; }
  .answers { display: grid; gap: 8px 24px; margin-top: 12px; }
  ol { list-style: none; margin: 0; padding: 0; counter-reset: step; }
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px 32px;
    margin-top: 12px;
    padding-top: 12px;
    border-top: 1px solid var(--line);
    counter-increment: step;
  }
  @container (min-width: 600px) {
    .answers { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  }
  @container (min-width: 720px) {
    li { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
    li > .picture { grid-column: 1 / -1; }
  }
  li h3::before { content: counter(step) '  '; color: var(--dim); font-weight: 400; }
  h3 { margin: 0 0 4px; font-size: inherit; font-weight: 600; overflow-wrap: anywhere; }
  .formula { overflow-x: auto; padding: 4px 0 8px; }
  /* What systems have; letters that stand upright are then of the same font as the rest. */
  math { font-family: 'STIX Two Math', 'Cambria Math', 'Latin Modern Math', math, serif; font-size: 1.15em; }
  dl { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 16px; margin: 0; }
  dt { color: var(--dim); }
  dd { margin: 0; text-align: end; }
  sub { line-height: 0; font-size: 0.75em; }
  .symbol { white-space: nowrap; }
  .scores { display: flex; flex-wrap: wrap; gap: 8px 16px; margin-bottom: 8px; }
  .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); gap: 8px 32px; }
  .words { margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
  .words p { margin-bottom: 8px; }
  .stale { filter: grayscale(0.8) opacity(0.7); }
`;
