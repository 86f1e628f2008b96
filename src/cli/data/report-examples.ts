import type { Measure } from '../../datasets/filters/filter';
import { escapeHtml } from '../../display/escape-html';
import { formatCount, spokenDigits } from '../../display/numbers';
import { render } from '../../display/sentences';
import type { RejectedDocument, Span } from '../../shared/filters-api';
import { isYesNo, thresholdText } from './condition';
import type { Example, ExampleCopy } from './examples';
import { excerpt } from './report-excerpt';
import { languageName } from './sentences';

/** Documents as a measure sees them, as HTML. @param title none of those that are no more extreme than others */
export function examplesList(measure: Measure, title: string, examples: readonly Example[]): string {
  if (examples.length === 0) return '';
  const figures = examples.map((example) => exampleFigure(measure, example)).join('\n');
  return `${title && `<h3>${title}</h3>`}\n${figures}`;
}

function exampleFigure(measure: Measure, { document, copy }: Example): string {
  if (copy) return copyFigure(document, copy);
  const number = `Document ${formatCount(document.index + 1)}${document.stays ? ' stays' : ''}`;
  return figure([`${number}${whyOf(measure, document)}`, document.text, document.spans]);
}

/** A copy and the document that stays, with what only one of them has marked; of copies that are the same one. */
function copyFigure(
  { measured }: RejectedDocument,
  { pair: { left, right, alike }, alike: size, nearest }: ExampleCopy,
) {
  const own = formatCount(left.index + 1);
  const kept = formatCount(right.index + 1);
  const stays = `stays, of ${formatCount(size)} that are alike`;
  if (left.text === right.text)
    return figure([`Document ${own} is the same as document ${kept}, which ${stays}.`, left.text, []]);
  const common = `Document ${own} has ${rounded(measured)} in common with document`;
  const whole = Number.isNaN(alike) ? '' : ` It has ${rounded(alike)} in common with document ${own}.`;
  const marked = 'Marked is what only one of the two has.';
  const captions =
    nearest === right.index
      ? [`${common} ${kept}, which ${stays}. ${marked}`, `Document ${kept}`]
      : [`${common} ${formatCount(nearest + 1)}, which goes too.`, `Document ${kept} ${stays}.${whole} ${marked}`];
  return figure([captions[0] as string, left.text, left.spans], [captions[1] as string, right.text, right.spans]);
}

/** Texts, each with a caption above it. */
function figure(...parts: readonly [caption: string, text: string, spans: readonly Span[]][]): string {
  const html = parts.map(
    ([caption, text, spans]) =>
      `<figcaption>${escapeHtml(caption)}</figcaption><pre dir="auto">${excerpt(text, spans)}</pre>`,
  );
  return `<figure>${html.join('\n')}</figure>`;
}

/** What was found of a document, after its number. */
function whyOf(measure: Measure, { problem, measured, threshold, language }: RejectedDocument): string {
  if (problem) return `: ${render(problem)}`;
  if (isYesNo(measure)) return '';
  const found = language === undefined ? '' : `, likeliest language: ${languageName(language)}`;
  return `: measured ${rounded(measured)}, threshold ${thresholdText(threshold)}${found}`;
}

/** With as many digits as tell it from a threshold. */
const rounded = (value: number) =>
  Number.isInteger(value) ? formatCount(value) : spokenDigits(`${Number(value.toPrecision(4))}`);
