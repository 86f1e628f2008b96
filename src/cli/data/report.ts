import { createHash } from 'node:crypto';
import { escapeHtml } from '../../display/escape-html';
import { formatBytes } from '../../display/format-bytes';
import { formatCount, formatProbabilityShort, formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import { GENERATOR } from '../../inspector';
import type { Decision, FilterMeasure } from '../../shared/filters-api';
import type { Example } from './examples';
import type { FunnelRow } from './funnel-rows';
import { excerpt } from './report-excerpt';
import { REPORT_STYLES } from './report-styles';

export interface ReportedData {
  /** Of the data set. */
  name: string;
  /** What the preset is called, and what it is for. */
  preset: string;
  why: string;
  rows: readonly FunnelRow[];
  decision: Decision;
  examples: ReadonlyMap<string, readonly Example[]>;
}

/** The funnel as one page that asks no network and runs no script: rules, thresholds, and what they removed with the characters marked. */
export function reportHtml(data: ReportedData): string {
  const { name, preset, why, rows, decision } = data;
  const { all, kept } = decision;
  const hash = createHash('sha256').update(REPORT_STYLES).digest('base64');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    ${GENERATOR}
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
    <meta name="viewport" content="width=device-width">
    <title>${escapeHtml(name)} · Vitrine</title>
    <style>${REPORT_STYLES}</style>
  </head>
  <body>
    <main>
      <h1>${escapeHtml(name)}</h1>
      <p class="kept"><strong>${formatCount(kept.documents)}</strong> of ${formatQuantity(all.documents, 'document')} stay, ${formatBytes(kept.bytes)} of ${formatBytes(all.bytes)}.</p>
      <p>${escapeHtml(`${preset}: ${why}`)}</p>
      ${funnelTable(rows, all.documents)}
      ${rows
        .filter(({ removed }) => removed > 0)
        .map((row) => ruleSection(row, data))
        .join('\n')}
      <h2>Thresholds</h2>
      ${thresholdTable(rows)}
    </main>
  </body>
</html>
`;
}

function funnelTable(rows: readonly FunnelRow[], documents: number): string {
  const lines = rows.map(({ filter, removed, left }) => {
    const title = escapeHtml(render(filter.title));
    const name = removed > 0 ? `<a href="#${filter.name}">${title}</a>` : title;
    const bar = `<meter min="0" max="${Math.max(1, documents)}" value="${left}">${formatCount(left)}</meter>`;
    const share = formatProbabilityShort(removed / Math.max(1, documents));
    return `<tr><th scope="row">${name}</th><td>${formatCount(removed)}</td><td>${share}</td><td>${formatCount(left)}</td><td>${bar}</td></tr>`;
  });
  return `<table>
  <thead><tr><th scope="col">Rule</th><th scope="col">Removed</th><th scope="col">Share</th><th scope="col">Left</th><td></td></tr></thead>
  <tbody>${lines.join('\n')}</tbody>
</table>`;
}

function thresholdTable(rows: readonly FunnelRow[]): string {
  const lines = rows.flatMap(({ measures }) =>
    measures.map(
      ({ measure, threshold, removed }) =>
        `<tr><th scope="row">${escapeHtml(render(measure.title))}</th><td class="text"><code>${escapeHtml(measure.name)}</code></td><td class="text">goes if ${condition(measure, threshold)}</td><td>${formatCount(removed)}</td></tr>`,
    ),
  );
  return `<table>
  <thead><tr><th scope="col">Measured</th><th scope="col" class="text">Name</th><th scope="col" class="text">Threshold</th><th scope="col">Removed</th></tr></thead>
  <tbody>${lines.join('\n')}</tbody>
</table>`;
}

function ruleSection({ filter, why, measures }: FunnelRow, { examples }: ReportedData): string {
  const tripped = measures.filter(({ removed }) => removed > 0);
  return `<section id="${filter.name}">
  <h2>${escapeHtml(render(filter.title))}</h2>
  <p>${escapeHtml(`${render(filter.why)} ${render(why)}`)}</p>
  ${tripped.map((one) => measureDetails(one, examples.get(one.measure.name) ?? [])).join('\n')}
</section>`;
}

function measureDetails(
  { measure, threshold, removed }: FunnelRow['measures'][number],
  examples: readonly Example[],
): string {
  return `<details>
  <summary>${escapeHtml(render(measure.title))}: ${formatQuantity(removed, 'document')} ${condition(measure, threshold)}</summary>
  <p>${escapeHtml(render(measure.why))} <code>${escapeHtml(measure.name)}</code></p>
  ${examples.map(exampleFigure).join('\n')}
</details>`;
}

const condition = ({ removes }: FilterMeasure, threshold: number) =>
  `${removes === 'above' ? 'above' : 'below'} ${rounded(threshold)}`;

function exampleFigure({ document, copyOf }: Example): string {
  const { index, text, problem, measured, threshold, spans } = document;
  const why = problem ? render(problem) : `measured ${rounded(measured)}, threshold ${rounded(threshold)}`;
  const copy = copyOf
    ? `<figcaption>Document ${formatCount(copyOf.index + 1)} stays, of ${formatCount(copyOf.alike)} that are alike:</figcaption><pre dir="auto">${excerpt(copyOf.text, [])}</pre>`
    : '';
  return `<figure>
  <figcaption>Document ${formatCount(index + 1)}: ${escapeHtml(why)}</figcaption>
  <pre dir="auto">${excerpt(text, spans)}</pre>${copy}
</figure>`;
}

/** With as many digits as tell it from a threshold. */
const rounded = (value: number) => `${Number(value.toPrecision(4))}`;
