import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeInWorkbench } from './harness/describe';

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
const commands: { title: string }[] = contributes.commands;

for (const { language, locale, titles } of [
  { language: 'English', locale: 'en', titles: 'package.nls.json' },
  { language: 'Spanish', locale: 'es', titles: 'package.nls.es.json' },
]) {
  describeInWorkbench(
    `the palette in ${language}`,
    { locale, files: { 'mouse.txt': 'The mouse ate the cheese.\n' } },
    (workbench) => {
      test('offers every command by its title', async () => {
        const texts: Record<string, string> = JSON.parse(readFileSync(titles, 'utf8'));
        await workbench().openFile('mouse.txt');
        for (const { title } of commands) {
          const shown = texts[title.slice(1, -1)] ?? title;
          const row = await workbench().offers(`>Vitrine: ${shown}`, shown);
          expect(await row.textContent()).toBe(`Vitrine: ${shown}`);
        }
      });
    },
  );
}
