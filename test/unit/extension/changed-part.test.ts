import fc from 'fast-check';
import { expect, it } from 'vitest';
import { heatTokens } from '../../../src/extension/decorations/heat-tokens';
import { offsetNow, offsetThen, spanNow, UNCHANGED, withChange } from '../../../src/extension/readings/changed-part';
import type { DocumentReading, EditedReading } from '../../../src/extension/readings/document-readings';
import type { Reading } from '../../../src/extension/readings/reading';

const change = fc.record({ rangeOffset: fc.nat(), rangeLength: fc.nat({ max: 8 }), text: fc.string({ maxLength: 8 }) });

it('finds what the text still has where it stands now, after any changes', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.array(change, { maxLength: 5 }),
      fc.nat(),
      fc.nat(),
      (text, changes, a, b) => {
        // As of a token, which is never empty.
        const start = a % text.length;
        const end = start + 1 + (b % (text.length - start));
        let [now, changed] = [text, UNCHANGED];
        for (const each of changes) {
          const rangeOffset = each.rangeOffset % (now.length + 1);
          const rangeLength = Math.min(each.rangeLength, now.length - rangeOffset);
          changed = withChange(changed, { ...each, rangeOffset, rangeLength });
          now = now.slice(0, rangeOffset) + each.text + now.slice(rangeOffset + rangeLength);
        }
        const span = spanNow({ start, end }, changed);
        if (!span) return;
        // An offset at which something is inserted stands before that, a span behind it.
        if (start !== changed.start) expect(offsetNow(start, changed)).toBe(span.start);
        expect(now.slice(span.start, span.end)).toBe(text.slice(start, end));
        expect(span.end).toBeLessThanOrEqual(now.length);
        expect(offsetThen(span.start, changed)).toBeLessThanOrEqual(start);
        expect(offsetThen(span.end, changed)).toBeGreaterThanOrEqual(end);
      },
    ),
  );
});

it('loses nothing but what a change touches', () => {
  const changed = withChange(UNCHANGED, { rangeOffset: 4, rangeLength: 2, text: 'new' });
  const spans = [0, 2, 4, 6, 8].map((start) => spanNow({ start, end: start + 2 }, changed));
  expect(spans.map((span) => span?.start)).toEqual([0, 2, undefined, 7, 9]);
});

/** A text of tokens of two units each, all of which are shown. */
function readText(tokens: number, changed = UNCHANGED): EditedReading {
  const starts = Uint32Array.from({ length: tokens }, (_, index) => 2 * index);
  const part = { ids: starts, starts, ends: starts.map((start) => start + 2) };
  return { reading: { shown: [{ start: 0, end: 10 }], parts: [part] } as unknown as Reading, changed };
}

const known = (text: EditedReading, previous?: EditedReading, freshBefore = text.changed.start) =>
  ({ ...text, previous, freshBefore }) as DocumentReading;
const everything = { start: 0, end: Number.POSITIVE_INFINITY };
const insertion = withChange(UNCHANGED, { rangeOffset: 5, rangeLength: 0, text: '!' });

it.each<[string, DocumentReading, string]>([
  ['all of a text that was read', known(readText(5)), '0 2 4 6 8'],
  ['what stands behind a change as stale, and not what was changed', known(readText(5, insertion)), '0 2 7? 9?'],
  [
    'what was known before where the text is not read anew yet',
    known(readText(2), readText(5, insertion)),
    '0 2 7? 9?',
  ],
  ['all of a text as stale whose engine ended while it read on', known(readText(5), undefined, 0), '0? 2? 4? 6? 8?'],
])('colours %s', (_, knownText, expected) => {
  const tokens = Array.from(heatTokens(knownText, everything), ({ span, stale }) => `${span.start}${stale ? '?' : ''}`);
  expect(tokens.join(' ')).toBe(expected);
});
