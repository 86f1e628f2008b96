import { createHash } from 'node:crypto';
import type { Measure } from '../../datasets/filters/filter';
import type { Preset } from '../../datasets/presets';
import { escapeHtml } from '../../display/escape-html';
import { formatBytes } from '../../display/format-bytes';
import { formatCount, formatProbabilityShort, formatQuantity } from '../../display/numbers';
import { render } from '../../display/sentences';
import { GENERATOR } from '../../inspector';
import { condition, isYesNo } from './condition';
import type { MeasureExamples } from './examples';
import type { FunnelResult, FunnelRow } from './funnel-rows';
import { examplesList } from './report-examples';
import { REPORT_STYLES } from './report-styles';
import { keptSentence, languagesSentence, notAppliedSentence, nothingStays } from './sentences';

export interface ReportedData extends FunnelResult {
  /** Of the data set on disk; undefined of a folder. */
  fileBytes: number | undefined;
  /** When it was read. */
  date: Date;
  preset: Preset;
  examples: ReadonlyMap<string, MeasureExamples>;
}

/** The funnel as one page that asks no network and runs no script: rules, thresholds, and what they removed with the characters marked. */
export function reportHtml(data: ReportedData): string {
  const { name, rows, notApplied, decision, languages, limits, tokens } = data;
  const { all } = decision;
  const sentences = [
    provenance(data),
    nothingStays(rows, decision),
    languagesSentence(languages),
    ...limits.map((limit) => render(limit)),
    notAppliedSentence(notApplied),
  ];
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
      <p class="kept">${escapeHtml(keptSentence(decision, tokens))}</p>
      ${sentences.flatMap((text) => (text === undefined ? [] : `<p>${escapeHtml(text)}</p>`)).join('\n')}
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

/** Of what, when and by which rules. */
function provenance({ decision, reading, fileBytes, date, preset }: ReportedData): string {
  const documents = formatQuantity(decision.all.documents, 'document');
  const read = fileBytes === undefined ? documents : `${documents} in ${formatBytes(fileBytes)}`;
  const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(date);
  return `${read}, read on ${day} by the rules of --preset ${preset.name}, ${render(preset.title)}: ${render(preset.why)} ${render(reading)}`;
}

function funnelTable(rows: readonly FunnelRow[], documents: number): string {
  const lines = rows.map(({ filter, removed, left }) => {
    const title = escapeHtml(render(filter.title));
    const name = removed > 0 ? `<a href="#${filter.name}">${title}</a>` : title;
    const bar = `<meter min="0" max="${Math.max(1, documents)}" value="${left}">${formatCount(left)}</meter>`;
    const share = formatProbabilityShort(removed / Math.max(1, documents));
    return `<tr><th scope="row">${name}</th><td>${formatCount(removed)}</td><td>${share}</td><td>${formatCount(left)}</td><td class="bar">${bar}</td></tr>`;
  });
  return `<table>
  <thead><tr><th scope="col">Rule</th><th scope="col">Removed</th><th scope="col">Share</th><th scope="col">Left</th><td class="bar"></td></tr></thead>
  <tbody>${lines.join('\n')}</tbody>
</table>`;
}

function thresholdTable(rows: readonly FunnelRow[]): string {
  const lines = rows.flatMap(({ measures }) =>
    measures.map(
      ({ measure, threshold, removed }) =>
        `<tr><th scope="row">${escapeHtml(render(measure.title))} <code>${escapeHtml(measure.name)}</code></th><td class="text">${condition(measure, threshold) || 'it is so'}</td><td>${formatCount(removed)}</td></tr>`,
    ),
  );
  return `<table>
  <thead><tr><th scope="col">Measured</th><th scope="col" class="text">Goes if</th><th scope="col">Removed</th></tr></thead>
  <tbody>${lines.join('\n')}</tbody>
</table>`;
}

function ruleSection({ filter, why, measures }: FunnelRow, { examples }: ReportedData): string {
  const tripped = measures.filter(({ removed }) => removed > 0);
  return `<section id="${filter.name}">
  <h2>${escapeHtml(render(filter.title))}</h2>
  <p>${escapeHtml(`${render(filter.why)} ${render(why)}`)}</p>
  ${tripped.map((one) => measureDetails(one, examples.get(one.measure.name))).join('\n')}
</section>`;
}

function measureDetails(
  { measure, threshold, removed }: FunnelRow['measures'][number],
  examples: MeasureExamples | undefined,
): string {
  return `<details>
  <summary>${escapeHtml(render(measure.title))}: ${formatQuantity(removed, 'document')}${summaryEnd(measure, threshold)}</summary>
  <p>${escapeHtml(render(measure.why))} <code>${escapeHtml(measure.name)}</code></p>
  ${examplesList(measure, isYesNo(measure) ? '' : 'The most extreme', examples?.extreme ?? [])}
  ${examplesList(measure, 'Nearest to the threshold', examples?.nearThreshold ?? [])}
</details>`;
}

function summaryEnd(measure: Measure, threshold: number): string {
  const words = condition(measure, threshold);
  return words === 'any' ? ' with any' : words && ` ${words}`;
}
