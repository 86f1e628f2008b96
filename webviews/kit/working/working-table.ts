import { css } from 'lit';

/** A table of which each column is a step: a number, and under it a bar, so that the eye follows one row from step to step. */
export const workingTable = css`
  table { width: 100%; margin-top: 8px; border-collapse: collapse; table-layout: fixed; }
  th, td { padding: 2px 4px; font-weight: 400; text-align: end; vertical-align: top; overflow-wrap: anywhere; }
  td.value { white-space: nowrap; }
  @container (max-width: 320px) {
    table { font-size: 0.9em; }
    th, td { padding-inline: 2px; }
  }
  thead th { vertical-align: bottom; color: var(--dim); border-bottom: 1px solid var(--line); }
  tr > :first-child { width: 28%; padding-inline-start: 0; text-align: start; }
  tfoot > tr:first-child > * { border-top: 1px solid var(--line); }
  .name { display: inline-block; max-width: calc(100% - 1.5em); overflow: hidden; text-overflow: ellipsis; white-space: pre; vertical-align: bottom; }
  .rest { color: var(--dim); }
  .marked > th, .marked > td { font-weight: 600; }
  .track { position: relative; height: 8px; background: color-mix(in srgb, currentcolor 8%, transparent); }
  .track i { position: absolute; inset-block: 0; transition: width 120ms, left 120ms; }
`;
