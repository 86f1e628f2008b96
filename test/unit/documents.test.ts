import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import spanishSentences from '../../l10n/bundle.l10n.es.json';
import manifest from '../../package.json';
import spanish from '../../package.nls.es.json';
import english from '../../package.nls.json';
import { documentList } from '../../src/extension/documentation/document-list';

const FIRST_PAGE = 'README.md';
const MOST_LINES = 150;
const folder = readdirSync('docs');
const pages = [FIRST_PAGE, 'CONTRIBUTING.md', ...folder.map((name) => `docs/${name}`)];

interface Link {
  /** From the repository's root. */
  path: string;
  heading: string | undefined;
}

/** Where links and pictures of a page lead, but for those to other machines. */
function linksOf(page: string): Link[] {
  return tokensOf(page)
    .filter((token) => token.type === 'link' || token.type === 'image')
    .map((token) => decodeURI('href' in token ? token.href : ''))
    .filter((href) => !/^[a-z]+:/.test(href))
    .map((href) => {
      const [path = '', heading] = href.split('#');
      return { path: path === '' ? page : normalize(join(dirname(page), path)), heading };
    });
}

/** What GitHub, and the editor's preview, call the headings of a page in links. */
function headingsOf(page: string): string[] {
  const headings = tokensOf(page).filter((token) => token.type === 'heading');
  return headings.map((token) =>
    ('text' in token ? token.text : '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

function tokensOf(page: string): Token[] {
  const tokens: Token[] = [];
  marked.walkTokens(marked.lexer(readFileSync(page, 'utf8')), (token) => {
    tokens.push(token);
  });
  return tokens;
}

// As a string, whose types nobody looks for: it has none.
const { packageFiles } = await import('../../scripts/package-files.mjs' as string);
const packed: string[] = packageFiles('linux-x64').map(([, to]: [string, string]) => to);
const isPacked = (path: string) => packed.some((one) => path === one || path.startsWith(`${one}/`));

describe('the documentation', () => {
  it.each(pages)('has no link in %s to what is not there', (page) => {
    const links = linksOf(page);
    const broken = links.filter(
      ({ path, heading }) => !existsSync(path) || (heading !== undefined && !headingsOf(path).includes(heading)),
    );
    expect(broken).toEqual([]);
  });

  it.each(pages.filter(isPacked))('leads from %s to nothing that its package lacks', (page) => {
    expect(linksOf(page).filter(({ path }) => !isPacked(path))).toEqual([]);
  });

  it('is packed, and reached from a first page that can be read at one sitting', () => {
    const reached = new Set(linksOf(FIRST_PAGE).map(({ path }) => path));
    const documents = folder.map((name) => `docs/${name}`);
    expect(documents.filter((document) => !isPacked(document) || !reached.has(document))).toEqual([]);
    expect(readFileSync(FIRST_PAGE, 'utf8').split('\n').length).toBeLessThanOrEqual(MOST_LINES);
  });

  it('is listed in the editor whole', () => {
    expect(
      documentList((text) => text)
        .map(({ file }) => file)
        .sort(),
    ).toEqual(folder.sort());
  });

  it.each([
    ['English', english],
    ['Spanish', spanish],
  ])('is there where a setting or the walkthrough leads to it in %s', (_, texts) => {
    const links = JSON.stringify(texts).matchAll(/command:vitrine\.openDocumentation\?([^)]*)\)/g);
    const files = Array.from(links, ([, query = '']) => JSON.parse(decodeURIComponent(query))[0]);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !folder.includes(file))).toEqual([]);
  });

  it('tells of every setting, with what it is by default', () => {
    const rows = readFileSync('docs/settings.md', 'utf8').split('\n');
    const shown = (value: unknown) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value));
    for (const [name, { default: value }] of Object.entries(manifest.contributes.configuration.properties)) {
      const row = rows.find((one) => one.startsWith(`| \`${name.replace('vitrine.', '')}\` |`));
      expect(row, name).toBeDefined();
      const usual = row?.split('|')[2]?.replaceAll('`', '').trim();
      // What is empty is told in words.
      if (value !== '' && typeof value !== 'object') expect(usual, name).toBe(shown(value));
    }
  });

  it('names every command as the palette does', () => {
    const page = readFileSync('docs/editor.md', 'utf8');
    const titles = manifest.contributes.commands.map(
      ({ title }) => english[title.slice(1, -1) as keyof typeof english],
    );
    // `Colour by` stands once for the four of them.
    const missing = titles.filter((title) => !page.includes(title.replace(/^Colour by /, '')));
    expect(missing).toEqual([]);
  });

  it('says in Spanish that it is in English', () => {
    for (const text of [spanish['command.openDocumentation'], spanishSentences['Open Documentation…']]) {
      expect(text).toContain('(en inglés)');
    }
  });
});
