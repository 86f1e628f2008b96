import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import spanish from '../../../l10n/bundle.l10n.es.json';
import { speakNumbersIn } from '../../../src/display/numbers';
import { errorText, render } from '../../../src/display/sentences';
import { judgeSpace } from '../../../src/model/cache/space';
import { fill, sentence, VitrineError } from '../../../src/shared/errors';
import { loadRequest, nextTask, startTestEngine } from '../../support/engine';
import { llamaFixture } from '../../support/llama-fixtures';

const translations: Record<string, string> = spanish;

const inSpanish = (template: string, ...values: string[]) => fill(translations[template] ?? template, ...values);

/** What an error says to readers of English and of Spanish. */
function read(error: unknown): [string, string] {
  const english = errorText(error);
  speakNumbersIn('es');
  return [english, errorText(error, inSpanish)];
}

afterEach(() => speakNumbersIn('en'));

describe('an error is put into words where it is read', () => {
  it('so that the same refusal has the bytes of each language', () => {
    const need = { name: 'Llama', diskBytes: 81e9, memoryBytes: 1.24e9, folder: '/cache' };
    let refusal: unknown;
    try {
      judgeSpace(need, 80e9, 20e9);
    } catch (error) {
      refusal = error;
    }
    const [english, spanish] = read(refusal);
    expect(english).toContain('needs about 1.2 GB of memory; 80 GB and 20 GB are free');
    expect(spanish).toContain('necesita unos 1,2 GB de memoria; hay 80 GB y 20 GB libres');
  });

  it.each([
    [{ bytes: 540e6 }, '540 MB', '540 MB'],
    [{ number: 5, decimals: 1 }, '5.0', '5,0'],
    [12345, '12,345', '12.345'],
    [0.5, '0.5', '0,5'],
    [Number.NaN, 'NaN', 'NaN'],
    ['12345', '12345', '12345'],
    [sentence`and ${1234567}`, 'and 1,234,567', 'and 1.234.567'],
  ])('and %j is %s in English, %s in Spanish', (value, english, spanish) => {
    const said = new VitrineError('test', sentence`${value}`);
    expect(read(said)).toEqual([english, spanish]);
  });
});

describe('an engine speaks no language', () => {
  let refusal: unknown;
  beforeAll(async () => {
    const engine = startTestEngine();
    await engine.load(loadRequest({ path: llamaFixture('grouped') }));
    const text = 'a '.repeat(20_000);
    refusal = await engine.forward({ task: nextTask(), text }).catch((error: unknown) => error);
    await engine.stop();
  });

  it('what it refuses has counts as each reader groups them', () => {
    const [english, spanish] = read(refusal);
    expect(english).toMatch(/^The text has \d\d,\d{3} tokens, and the context of .* has room for \d+\./);
    expect(spanish).toMatch(/^El texto tiene \d\d\.\d{3} tokens, y en el contexto de .* caben \d+\./);
  });

  it('nor what it tells: it is a sentence until it is rendered', () => {
    const note = sentence`it is ${{ number: 3.04, decimals: 1 }} times as fast as the CPU`;
    speakNumbersIn('es');
    expect(render(note, inSpanish)).toBe('es 3,0 veces más rápido que la CPU');
  });
});
