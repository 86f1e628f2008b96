import { formatProbability } from '../../display/numbers';
import type { LayerExperts } from '../../shared/engine-api';
import type { Screen } from '../output';
import { padEnd, padStart, wrapPhrases, wrapText } from '../terminal/width';
import type { InspectedToken } from './inspection';
import { tokenLabel } from './labels';

const LABEL_WIDTH = 14;
const SEPARATOR = '  ';

/** Layer by layer the experts that see each token, the strongest first, with what their answers are multiplied by. */
export function expertsView(
  layers: readonly LayerExperts[],
  tokens: readonly InspectedToken[],
  screen: Screen,
): string[] {
  if (layers.length === 0) return ['Experts: this model has none.'];
  return [
    screen.palette.bold('Experts'),
    ...wrapText(
      'Which experts of a layer see each token, the strongest first, and how much each one counts.',
      screen.width,
    ),
    ...layers.flatMap((layer) => [
      '',
      screen.palette.bold(`Layer ${layer.layer}`),
      ...layerLines(layer, tokens, screen),
    ]),
  ];
}

function layerLines(
  { perToken, experts, weights }: LayerExperts,
  tokens: readonly InspectedToken[],
  { width }: Screen,
): string[] {
  const numberWidth = `${tokens.at(-1)?.position ?? 0}`.length;
  const indent = ' '.repeat(numberWidth + LABEL_WIDTH + 2);
  return tokens.flatMap((token, index) => {
    const at = (i: number) => index * perToken + i;
    const phrases = Array.from(
      { length: perToken },
      (_, i) => `${experts[at(i)]} ${formatProbability(weights[at(i)] as number)}`,
    );
    const [first = '', ...others] = wrapPhrases(phrases, SEPARATOR, Math.max(1, width - indent.length));
    const label = `${padStart(`${token.position}`, numberWidth)} ${padEnd(tokenLabel(token, LABEL_WIDTH), LABEL_WIDTH)} `;
    return [label + first, ...others.map((line) => indent + line)];
  });
}
