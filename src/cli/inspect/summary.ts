import { safeText } from '../../display/glyphs';
import {
  formatCount,
  formatDecimal,
  formatNats,
  formatPerplexity,
  formatQuantity,
  formatSeconds,
} from '../../display/numbers';
import type { RankClass } from '../../display/rank-class';
import { wrapPhrases } from '../terminal/width';
import type { Inspection } from './inspection';
import { RANK_CLASSES } from './rank-classes';
import { sumsOf } from './sums';

const SEPARATOR = ' · ';

/** What all tokens shown come to: how probable they are together, the classes of their ranks, and who computed it in what time. */
export function summaryLines({ model, text, trace, tokens }: Inspection, width: number): string[] {
  const sums = sumsOf(tokens, text);
  const phrases = [formatQuantity(tokens.length, 'token')];
  if (sums.perplexity !== undefined) {
    phrases.push(`log-probability ${formatNats(sums.logprob)}`, `perplexity ${formatPerplexity(sums.perplexity)}`);
  }
  if (sums.bitsPerCharacter !== undefined) phrases.push(`${formatDecimal(sums.bitsPerCharacter)} bits a character`);
  const classes = Object.entries(RANK_CLASSES).map(
    ([key, { name, mark }]) => `${formatCount(sums.classes[key as RankClass])} ${`${mark} ${name}`.trim()}`,
  );
  const run = [
    safeText(model.name),
    model.provider,
    `read in ${formatSeconds(trace.forwardSeconds)}`,
    `loaded in ${formatSeconds(model.loadSeconds)}`,
    ...(model.compileSeconds > 0 ? [`compiled in ${formatSeconds(model.compileSeconds)}`] : []),
  ];
  return [phrases, sums.predicted > 0 ? classes : [], run].flatMap((line) => wrapPhrases(line, SEPARATOR, width));
}
