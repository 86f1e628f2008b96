import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LINE_KINDS } from '../../../src/shared/workspace-api';
import { fileSumsOf, LineStatistics } from '../../../src/workspace/lines/line-statistics';

const line = fc.record({
  kind: fc.constantFrom(...LINE_KINDS),
  tokens: fc.integer({ min: 1, max: 40 }),
  bits: fc.double({ min: 0.1, max: 300, noNaN: true }),
});
const files = fc.array(fc.array(line, { maxLength: 40 }), { minLength: 1, maxLength: 12 });

const weighted = (values: readonly { tokens: number; z: number }[]) =>
  values.reduce((sum, { tokens, z }) => sum + tokens * z, 0);

it('holds lines and files against all that is read: their z, weighted by tokens, comes to 0, and its square to 1', () => {
  fc.assert(
    fc.property(files, (all) => {
      const statistics = new LineStatistics();
      for (const lines of all) statistics.add('typescript', fileSumsOf(lines));
      const known = (kind: string) => all.flat().filter((other) => other.kind === kind).length >= 30;
      const zs = all.flat().map((one) => ({ ...one, z: statistics.z('typescript', one) }));
      for (const { kind, z } of zs) expect(Number.isNaN(z)).toBe(!known(kind));
      const counted = zs.filter(({ z }) => !Number.isNaN(z));
      const tokens = counted.reduce((sum, one) => sum + one.tokens, 0);
      expect(weighted(counted)).toBeCloseTo(0, 5);
      expect(weighted(counted.map((one) => ({ ...one, z: one.z ** 2 }))) / Math.max(1, tokens)).toBeCloseTo(
        tokens > 0 ? 1 : 0,
        5,
      );
      for (const lines of all) {
        const own = lines
          .filter(({ kind }) => known(kind))
          .map((one) => ({ ...one, z: statistics.z('typescript', one) }));
        if (own.length === 0) continue;
        const share = weighted(own) / own.reduce((sum, one) => sum + one.tokens, 0);
        expect(statistics.fileZ('typescript', fileSumsOf(lines))).toBeCloseTo(share, 5);
      }
    }),
  );
});

it('forgets a file that has changed', () => {
  const lines = Array.from({ length: 30 }, (_, i) => ({ kind: 'other' as const, tokens: 2, bits: i }));
  const [kept, gone] = [new LineStatistics(), new LineStatistics()];
  for (const statistics of [kept, gone]) statistics.add('python', fileSumsOf(lines));
  gone.add('python', fileSumsOf([{ kind: 'other', tokens: 9, bits: 90 }]));
  gone.remove('python', fileSumsOf([{ kind: 'other', tokens: 9, bits: 90 }]));
  const [one = { kind: 'other', tokens: 1, bits: 1 }] = lines;
  expect(gone.z('python', one)).toBeCloseTo(kept.z('python', one), 10);
});
