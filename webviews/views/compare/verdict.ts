import { html, type TemplateResult } from 'lit';
import { visibleText } from '../../../src/display/glyphs';
import { formatDecimal, formatNats, formatRatio } from '../../../src/display/numbers';
import { type TokenRun, type Word, wordLogprob } from '../../../src/shared/words';
import { tokensBefore } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { commonStart, isPredicted, letterOf, type PredictedText } from './predicted-text';

type Indexed = readonly [number, PredictedText];

/** Which text the model finds more probable, and how many times: e^Δ of the log-probabilities. */
export function verdict(reads: readonly PredictedText[]): TemplateResult[] {
  const indexed = [...reads.entries()];
  const order = indexed.filter(([, read]) => isPredicted(read));
  const [best, ...others] = order.sort(([, one], [, other]) => other.sums.logprob - one.sums.logprob);
  const alone = indexed.filter(([, read]) => !isPredicted(read));
  return [
    ...(best ? others.map((other) => comparison(best, other)) : []),
    ...alone.map(
      ([index]) =>
        html`<p>${t('{0} cannot be compared: of one token alone no probability is known.', letterOf(index))}</p>`,
    ),
  ];
}

function comparison([bestIndex, best]: Indexed, [index, { sums }]: Indexed): TemplateResult {
  const nats = best.sums.logprob - sums.logprob;
  const [one, other, ratio] = [letterOf(bestIndex), letterOf(index), formatRatio(nats)];
  const text =
    ratio === formatRatio(0)
      ? t('{0} and {1} are equally probable', one, other)
      : t('{0} is {1} times more probable than {2}', one, ratio, other);
  return html`<p class="verdict">${text}<small class="dim number">e^Δ, Δ = ${formatNats(nats)}</small></p>`;
}

/** What texts of different lengths can be compared by; empty where they have as many tokens. */
export function lengthText(reads: readonly PredictedText[]): string {
  if (new Set(reads.map(({ ids }) => ids.length)).size < 2) return '';
  const bits = reads.map(({ sums: { perplexity } }, i) =>
    perplexity === undefined ? `${letterOf(i)} –` : `${letterOf(i)} ${formatDecimal(Math.log2(perplexity))}`,
  );
  return t(
    'The texts have different numbers of tokens: a longer one is less probable for that alone. Bits a token: {0}',
    bits.join(' · '),
  );
}

/** What may make the answer surprising. */
export function remarks(reads: readonly PredictedText[]): string[] {
  const [first, ...others] = reads;
  if (!first) return [];
  const sayings = [t('Each text is read alone, from its start; the first token has no prediction and is not counted.')];
  const part = Math.min(...others.map((other) => commonStart(first, other)));
  if (part === 0) sayings.push(t('The texts begin with different tokens, and how probable those are is not known.'));
  return sayings;
}

/** Where two texts part: the token at which each goes its own way. */
export function divergenceText(reads: readonly PredictedText[]): string {
  const [first, ...others] = reads;
  if (!first || others.length === 0) return '';
  const part = Math.min(...others.map((other) => commonStart(first, other)));
  if (reads.every(({ ids }) => ids.length === part)) return t('The texts are the same.');
  const from = Math.min(...reads.map((read) => unitAt(read, part).first));
  const labels = reads.map((read) => partLabel(read, from));
  return t('They part at token {0}: {1}', part + 1 - tokensBefore(first.tokens), labels.join(' · '));
}

/** The word with a token, or the token alone where it is of none. */
function unitAt({ words }: PredictedText, token: number): TokenRun & Partial<Word> {
  return words.find(({ first, last }) => first <= token && token <= last) ?? { first: token, last: token };
}

/** Whole words are compared, with the log-probability of all their tokens: a fragment says nothing. */
function partLabel(read: PredictedText, token: number): string {
  if (token >= read.ids.length) return t('The end of the text');
  const unit = unitAt(read, token);
  const { start, end } = unit;
  const label = start === undefined ? visibleText(read.tokens[token]?.text ?? '') : read.text.slice(start, end);
  const logprob = wordLogprob(read.predictions.logprob, unit);
  return Number.isNaN(logprob) ? t('“{0}”', label) : t('“{0}” ({1})', label, formatNats(logprob));
}
