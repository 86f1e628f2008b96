import { describe, expect, it } from 'vitest';
import { isSupported } from '../workbench/harness/install';
import { useInspector } from './harness/use-inspector';
import { WHOLE } from './harness/whole';

const ENGLISH = 'The mouse ate the cheese.';
const SPANISH = 'El ratón comió el queso.';

const HEADS = { kind: 'heads', label: 'without a head', ablated: [{ layer: 3, head: 0 }] } as const;

/** The default model was made for English. */
describe.skipIf(!isSupported)('the notice of languages', () => {
  const use = useInspector();

  it.each(['probabilities', 'continue', 'compare', 'difference'] as const)(
    'says in %s what the model was not made for',
    async (view) => {
      const open = async (language: string, text: string) => {
        const asked = view === 'compare' ? { texts: [text, text.toUpperCase()] } : {};
        const { page, violations, screenshot } = await use.open({
          view,
          text,
          language,
          asked,
          comparison: view === 'difference' ? HEADS : undefined,
          selected: { token: 2 },
        });
        await page.locator(WHOLE[view]).first().waitFor();
        expect(await violations()).toEqual([]);
        await screenshot(`language-${view}-${language}`);
        const notices = await page.getByRole('note').allTextContents();
        return notices.join().trim();
      };
      expect(await open('en', ENGLISH)).toBe('');
      expect(await open('en', SPANISH)).toMatch(
        /^There is text in Spanish here, and this model was made for texts in English:/,
      );
      expect(await open('es', ENGLISH)).toMatch(
        /^Este modelo se hizo para textos en inglés, no para textos en español:/,
      );
      expect(await open('es', SPANISH)).toMatch(
        /^Aquí hay texto en español, y este modelo se hizo para textos en inglés:/,
      );
    },
  );
});
