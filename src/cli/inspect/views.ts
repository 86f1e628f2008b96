import { approximationNote } from '../../display/approximation';
import { safeText, visibleText } from '../../display/glyphs';
import {
  formatCount,
  formatDecimal,
  formatLogprob,
  formatNats,
  formatPerplexity,
  formatQuantity,
  formatSeconds,
} from '../../display/numbers';
import type { RankClass } from '../../display/rank-class';
import { render } from '../../display/sentences';
import type { Sums } from '../../display/sums';
import type { Continuation, ModelInfo } from '../../shared/engine-api';
import type { Screen } from '../output';
import { wrapPhrases } from '../terminal/width';
import { ablationView } from './ablation-view';
import { attentionView, headsView } from './attention-view';
import { expertsView } from './experts-view';
import { type Inspection, type InspectRequest, sumsOf } from './inspection';
import { RANK_CLASSES, textless } from './labels';
import { lensView } from './lens-view';
import { occlusionView } from './occlusion/occlusion-view';
import { patchView } from './patch/patch-view';
import { tokenTable } from './table';
import { whyView } from './why/why-view';

const SEPARATOR = ' · ';
const MOST_EXAMPLES = 5;

/** By what the model was steered. */
function steeringLines({ steering }: Inspection): string[] {
  return steering ? [`steered: ${formatDecimal(steering.coefficient)} × ${visibleText(steering.name)}`] : [];
}

/** The inspection for people: the table, its summary, and what else was asked for. */
export function inspectionLines(inspection: Inspection, { ablate }: InspectRequest, screen: Screen): string[] {
  const {
    model,
    tokens,
    text,
    unablated,
    attention = [],
    heads,
    experts,
    lens,
    continuation,
    why,
    occlusion,
    patch,
  } = inspection;
  const sections = [
    tokenTable(tokens, screen),
    [...summaryLines(inspection, screen.width), ...steeringLines(inspection)],
    unablated && ablationView(ablate, tokens, unablated, text, screen),
    ...attention.map((pattern) => attentionView(pattern, tokens, model.layers, screen)),
    heads && headsView(heads, model.layers, screen),
    experts && expertsView(experts, tokens, screen),
    lens && lensView(lens, tokens, screen),
    why && whyView(why, screen),
    occlusion && occlusionView(occlusion, screen),
    patch && patchView(patch, tokens, screen),
    continuation && continuationView(continuation, screen),
  ];
  return sections.flatMap((section, index) => (section ? [...(index > 0 ? [''] : []), ...section] : []));
}

/** What the model wrote, as text and token by token. */
function continuationView({ text, tokens }: Continuation, { width, palette }: Screen): string[] {
  const phrases = tokens.map(
    (token) => `${visibleText(token.text) || textless(token.id)} ${formatLogprob(token.logprob)}`,
  );
  return [palette.bold('Continuation'), safeText(text), '', ...wrapPhrases(phrases, '  ', width)];
}

/** What all tokens shown come to: how probable they are together, the classes of their ranks, and who computed it in what time. */
function summaryLines({ model, text, trace, tokens }: Inspection, width: number): string[] {
  const sums = sumsOf(tokens, text);
  const phrases = [formatQuantity(tokens.length, 'token')];
  if (sums.perplexity !== undefined) {
    phrases.push(`log-probability ${formatNats(sums.logprob)}`, `perplexity ${formatPerplexity(sums.perplexity)}`);
  }
  if (sums.bitsPerCharacter !== undefined) phrases.push(`${formatDecimal(sums.bitsPerCharacter)} bits a character`);
  const run = [
    safeText(model.name),
    model.provider,
    ...(model.weights === 'packed' ? ['packed weights'] : []),
    `read in ${formatSeconds(trace.forwardSeconds)}`,
    `loaded in ${formatSeconds(model.loadSeconds)}`,
    ...(model.compileSeconds > 0 ? [`compiled in ${formatSeconds(model.compileSeconds)}`] : []),
  ];
  const approximation = model.approximation ? [render(approximationNote(model.approximation))] : [];
  return [phrases, classPhrases(sums, model), run, approximation].flatMap((line) =>
    wrapPhrases(line, SEPARATOR, width),
  );
}

/** How many tokens have a rank of each class, and how many one that may be of several; none where no ranks are known. */
function classPhrases({ predicted, classes, unnamed }: Sums, { capabilities }: ModelInfo): string[] {
  if (predicted === 0 || capabilities.ranks === 'none') return [];
  const all = Object.entries(RANK_CLASSES).map(([key, { name, mark }]) => ({
    count: classes[key as RankClass],
    words: `${mark} ${name}`.trim(),
  }));
  const known = capabilities.ranks === 'all' ? all : all.filter(({ count }) => count > 0);
  return [
    ...known.map(({ count, words }) => `${formatCount(count)} ${words}`),
    ...(unnamed > 0 ? [`${formatCount(unnamed)} of a rank that the server does not tell`] : []),
  ];
}

/** What the model did not see of the text, in sentences; and once, when it is compiled, what its file leaves out. */
export function warningsOf({
  text,
  trace,
  model,
  steeringNote,
}: Pick<Inspection, 'text' | 'trace' | 'model' | 'steeringNote'>): string[] {
  const warnings = model.compileSeconds > 0 ? model.notes.map((note) => render(note)) : [];
  if (trace.cut > 0) {
    warnings.push(
      `The text is longer than the context of ${model.name}: its first ${formatQuantity(trace.cut, 'token')} were left out, the last ${formatQuantity(trace.ids.length, 'token')} were read.`,
    );
  }
  if (trace.dropped.length > 0) {
    const characters = trace.dropped.flatMap(({ start, end }) => [...text.slice(start, end)]);
    const examples = [...new Set(characters)].slice(0, MOST_EXAMPLES).map(visibleText).join(' ');
    warnings.push(
      `The model does not see ${formatQuantity(characters.length, 'character')} of the text, which its vocabulary lacks: ${examples}`,
    );
  }
  if (steeringNote) warnings.push(render(steeringNote));
  return warnings;
}
