import { visibleText } from '../../../display/glyphs';
import { formatNats, formatSigned } from '../../../display/numbers';
import type { Screen } from '../../output';
import { padEnd, padStart, shorten, widthOf, wrapText } from '../../terminal/width';
import type { InspectedOcclusion, OccludedSpan } from '../inspection';
import { chipLines } from '../why/chips';

const TARGET_WIDTH = 40;
const TOKEN_WIDTH = 20;
const GAP = '  ';

/** Which words mattered: the text, each token with what hiding it does under it, or a row for each line or span. */
export function occlusionView({ target, logprob, spans, isByToken }: InspectedOcclusion, screen: Screen): string[] {
  const { palette, width } = screen;
  const shown = shorten(visibleText(target), TARGET_WIDTH);
  const largest = Math.max(...spans.map(({ change }) => Math.abs(change))) || 1;
  // What made it more probable is less so without it: the hue of what is for it.
  const share = ({ change }: OccludedSpan) => -change / largest;
  return [
    palette.bold(`Which words mattered for ${shown}`),
    ...wrapText(
      `How its log-probability (${formatNats(logprob)}) changes, in nats, when ${isByToken ? 'a token is' : 'these are'} hidden from all tokens after it: − where it was for ${shown}, + where it was against.`,
      width,
    ),
    ...(isByToken
      ? chipLines(
          spans.map((span) => ({
            label: shorten(visibleText(span.text), TOKEN_WIDTH),
            number: formatSigned(span.change),
            share: share(span),
          })),
          screen,
        )
      : rows(spans, share, screen)),
  ];
}

function rows(
  spans: readonly OccludedSpan[],
  share: (span: OccludedSpan) => number,
  { width, palette }: Screen,
): string[] {
  const numbers = spans.map(({ change }) => formatSigned(change));
  const numberWidth = Math.max(...numbers.map(widthOf));
  return spans.map((span, index) => {
    const text = padEnd(shorten(visibleText(span.text), width - numberWidth - GAP.length), 1);
    return `${padStart(numbers[index] ?? '', numberWidth)}${GAP}${palette.signed(text, share(span))}`;
  });
}
