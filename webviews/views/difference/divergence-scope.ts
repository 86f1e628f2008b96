import type { Comparisons, DivergenceScope, MeasuredDivergence } from '../../../src/shared/comparisons';
import type { Option } from '../../kit/choice';
import { t } from '../../l10n';

/** Of what statistics can be measured. */
export const scopes = (): Option[] => [
  { value: 'shown', label: t('what is shown') },
  { value: 'document', label: t('the whole document') },
];

/** How the text is read for them. */
export const ways = (): Option[] => [
  {
    value: 'text',
    label: t('the text as it is'),
    title: t('Every token that both predict, each after all that stands before it.'),
  },
  {
    value: 'chunks',
    label: t('llama.cpp’s chunks'),
    title: t('Chunks of 512 tokens, of which the second half is counted: the numbers of its own tool.'),
  },
];

export const scopeName = ({ whole, asLlamaCpp }: DivergenceScope): string =>
  `${scopes()[Number(whole)]?.label} · ${ways()[Number(asLlamaCpp)]?.label}`;

/** All that an exported file holds. */
export async function recordedDivergences(host: Pick<Comparisons, 'divergence'>): Promise<MeasuredDivergence[]> {
  const asked = [false, true].flatMap((whole) => [false, true].map((asLlamaCpp) => ({ whole, asLlamaCpp })));
  const answers = asked.map(async (scope) => ({ ...scope, statistics: await host.divergence({ task: 0, ...scope }) }));
  // What was not measured it refuses.
  const settled = await Promise.allSettled(answers);
  return settled.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
}
