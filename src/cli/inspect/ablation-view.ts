import { formatLogprobShort, formatNats, formatNatsChange } from '../../display/numbers';
import type { HeadAddress } from '../../shared/head-address';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { wrapPhrases } from '../terminal/width';
import type { InspectedToken } from './inspection';
import { sumsOf } from './inspection';
import { tokenLabel } from './labels';

const LARGEST = 5;
const TOKEN_WIDTH = 20;

/** What switching heads off did: to the whole, and to the tokens that it changed most. */
export function ablationView(
  heads: readonly HeadAddress[],
  tokens: readonly InspectedToken[],
  unablated: readonly InspectedToken[],
  text: string,
  { width, palette }: Screen,
): string[] {
  const names = heads.map(({ layer, head }) => `${layer}.${head}`).join(', ');
  const [off, on] = [sumsOf(tokens, text).logprob, sumsOf(unablated, text).logprob];
  // As many decimals as it takes to see that the two differ.
  const digits = Math.max(1, 1 - Math.floor(Math.log10(Math.abs(off - on) || 1)));
  return [
    palette.bold(`Without ${heads.length === 1 ? 'head' : 'heads'} ${names}`),
    ...wrapPhrases(
      [
        `log-probability ${formatNats(off, digits)},`,
        `${formatNats(on, digits)} with ${heads.length === 1 ? 'it' : 'them'}`,
        `(${formatNatsChange(off - on)});`,
        'all numbers above are without',
      ],
      ' ',
      width,
    ),
    ...largestChanges(tokens, unablated),
  ];
}

function largestChanges(tokens: readonly InspectedToken[], unablated: readonly InspectedToken[]): string[] {
  const changes = tokens
    .flatMap((token, index) => {
      const [off, on] = [token.prediction?.logprob, unablated[index]?.prediction?.logprob];
      return off === undefined || on === undefined ? [] : { token, off, on };
    })
    .sort((one, other) => Math.abs(other.off - other.on) - Math.abs(one.off - one.on))
    .slice(0, LARGEST);
  if (changes.length === 0) return [];
  return gridRows([
    { header: '#', align: 'end', cells: changes.map(({ token }) => `${token.position}`) },
    {
      header: 'changed most',
      align: 'start',
      cells: changes.map(({ token }) => tokenLabel(token, TOKEN_WIDTH)),
    },
    { header: 'with', align: 'end', cells: changes.map(({ on }) => formatLogprobShort(on)) },
    { header: 'without', align: 'end', cells: changes.map(({ off }) => formatLogprobShort(off)) },
    { header: 'change', align: 'end', cells: changes.map(({ off, on }) => formatNatsChange(off - on)) },
  ]);
}
