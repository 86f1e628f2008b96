import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import type { ModelInfo } from '../../shared/engine-api';
import type { ComparisonState } from '../../shared/inspector-api';
import { headName } from '../decorations/attention-note';
import type { Decorations } from '../decorations/decorations';
import type { PaintedAttention } from '../decorations/painted-attention';
import type { WhyAnswer } from '../decorations/painted-why';
import { currentTheme } from '../decorations/theme';
import { rangeOf } from '../documents/spans';
import { type Reading, spanOfToken } from '../readings/reading';
import { withDirectionMark } from '../right-to-left';
import { settings } from '../settings';
import { attentionLegend, differenceLegend, heatLegend, type ReadFacts, whyLegend } from './legend';

/** What the colours in a document mean, as Markdown; nothing where it has none. */
export function shownLegend(
  document: vscode.TextDocument,
  decorations: Decorations,
  model: ModelInfo | undefined,
  comparison: ComparisonState | undefined,
): string[] {
  if (comparison && decorations.isOfDifference(document)) {
    const { a, b, kind, takesTurns } = comparison;
    const hasDistributions = [a, b].every(({ model }) => model?.capabilities.hasDistributions !== false);
    const facts = { a: a.label, b: b.label, isChat: kind === 'chatTemplate', takesTurns, hasDistributions };
    return differenceLegend({ ...facts, ...currentTheme() }, vscode.l10n.t);
  }
  const painted = decorations.attentionIn(document);
  if (painted) return legendOfAttention(painted);
  const why = decorations.whyIn(document);
  if (why) return why.answer ? legendOfWhy(why.answer) : [];
  const quantity = decorations.quantityOf(document);
  if (!quantity || !model) return [];
  const read = readFacts(model, decorations.readingOf(document)?.reading);
  const [colourFrom, colourComments] = [settings.colourFrom(), settings.colourComments()];
  return heatLegend({ quantity, read, colourFrom, colourComments, ...currentTheme() }, vscode.l10n.t);
}

/** @param reading undefined where the text is still to be read */
function readFacts(model: ModelInfo, reading: Reading | undefined): ReadFacts {
  const { vocabSize } = model;
  const isInWindows = reading?.parts.some(({ windowStarts = [] }) => windowStarts.length > 0);
  const { topK, rankLimit, isEntropyBound } = reading?.parts[0]?.predictions ?? {};
  return {
    vocabSize,
    named: topK,
    rankLimit,
    isEntropyBound,
    windowTokens: isInWindows ? reading?.model.server?.windowTokens : undefined,
  };
}

function legendOfWhy({ token, against, largest, why }: WhyAnswer): string[] {
  const facts = { token, against, largest, sum: sumOf(why.sources), of: why.logitDifference };
  return whyLegend({ ...facts, ...currentTheme() }, vscode.l10n.t);
}

const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);

function legendOfAttention({ document, part, query, head, attention }: PaintedAttention): string[] {
  const text = document.getText(rangeOf(document, spanOfToken(part, query)));
  const { largest, masked } = attention;
  const facts = { query: withDirectionMark(visibleText(text)), head: headName(head), largest, masked };
  return attentionLegend({ ...facts, ...currentTheme() }, vscode.l10n.t);
}
