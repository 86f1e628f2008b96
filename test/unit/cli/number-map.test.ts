import { describe, expect, it } from 'vitest';
import { mapLines } from '../../../src/cli/numbers/lines';
import { createPalette } from '../../../src/cli/terminal/palette';
import { widthOf } from '../../../src/cli/terminal/width';
import { loadTiktoken } from '../../../src/tokenizer';
import { numberMap } from '../../../src/tokenizer/number-lens';

describe('the map of 0 to 9999 fits its terminal', () => {
  const map = loadTiktoken('gpt2').then(numberMap);

  it.each([60, 80, 99, 100, 200])('in %i columns', async (width) => {
    const lines = mapLines('gpt2', await map, { width, palette: createPalette(1, 'dark') });
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
    expect(lines.slice(1, -1).join('')).toBe([...(await map).counts].join(''));
  });
});
