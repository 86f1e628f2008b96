import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A language pack without translations. It makes `locale` the display language, in which the extension then speaks; the
 * workbench itself stays in English.
 *
 * @param user The user's folder, where the workbench looks up which packs there are.
 * @param extensions The folder of extensions.
 */
export function writeLanguagePack(locale: string, user: string, extensions: string): void {
  const name = `pack-${locale}`;
  const folder = join(extensions, `test.${name}-1.0.0`);
  const translations = join(folder, 'workbench.json');
  mkdirSync(folder);
  writeFileSync(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  const localizations = [{ languageId: locale, translations: [{ id: 'vscode', path: './workbench.json' }] }];
  const manifest = {
    name,
    publisher: 'test',
    version: '1.0.0',
    engines: { vscode: '*' },
    contributes: { localizations },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const pack = {
    hash: name,
    label: locale,
    extensions: [{ extensionIdentifier: { id: `test.${name}` }, version: '1.0.0' }],
    translations: { vscode: translations },
  };
  writeFileSync(join(user, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
