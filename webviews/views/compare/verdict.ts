import { html, type TemplateResult } from 'lit';
import { visibleText } from '../../../src/shared/glyphs';
import { formatNats } from '../../../src/shared/numbers';
import { t } from '../../l10n';
import { letterOf } from './letters';
import { ratioText } from './ratio';
import { commonStart, type ReadText } from './read-text';

/** Which text the model finds more probable, and how many times: e^Δ of the log-probabilities. */
export function verdict(reads: readonly ReadText[]): TemplateResult[] {
  const order = [...reads.entries()].sort(([, one], [, other]) => other.sums.logprob - one.sums.logprob);
  const [best, ...others] = order;
  if (!best) return [];
  return others.map(([index, { sums }]) => {
    const nats = best[1].sums.logprob - sums.logprob;
    const text = t('{0} is {1} times more probable than {2}', letterOf(best[0]), ratioText(nats), letterOf(index));
    return html`<p class="verdict">${text}<small class="dim number">e^Δ, Δ = ${formatNats(nats)}</small></p>`;
  });
}

/** What may make the answer surprising. */
export function remarks(reads: readonly ReadText[]): string[] {
  const [first, ...others] = reads;
  if (!first) return [];
  const sayings = [t('Each text is read alone, from its start; the first token has no prediction and is not counted.')];
  const part = Math.min(...others.map((other) => commonStart(first, other)));
  if (part === 0) sayings.push(t('The texts begin with different tokens, and how probable those are is not known.'));
  const lengths = new Set(reads.map(({ ids }) => ids.length));
  if (lengths.size > 1)
    sayings.push(t('The texts have different numbers of tokens: a longer one is less probable for that alone.'));
  return sayings;
}

/** Where two texts part: the token at which each goes its own way. */
export function partingText(reads: readonly ReadText[]): string {
  const [first, ...others] = reads;
  if (!first || others.length === 0) return '';
  const part = Math.min(...others.map((other) => commonStart(first, other)));
  const labels = reads.map(({ tokens }) => t('“{0}”', visibleText(tokens[part]?.text ?? '')));
  if (reads.every(({ ids }) => ids.length === part)) return t('The texts are the same.');
  return t('They part at token {0}: {1}', part + 1, labels.join(' · '));
}
