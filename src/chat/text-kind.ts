/** How a text may keep conversations. */
export type ChatTextKind = 'jsonl' | 'json' | 'prompty' | 'promptMarkdown' | 'markdown';

/** Endings of file names; the first that fits. */
const ENDINGS: readonly [RegExp, ChatTextKind][] = [
  [/\.(jsonl|ndjson)$/, 'jsonl'],
  [/\.(json|jsonc)$/, 'json'],
  [/\.prompty$/, 'prompty'],
  [/\.prompt\.md$/, 'promptMarkdown'],
  [/\.(md|markdown)$/, 'markdown'],
];

/** The editor's languages, for what has no name: a cell of a notebook, a text that was not saved. */
const LANGUAGES: Readonly<Record<string, ChatTextKind>> = {
  jsonl: 'jsonl',
  json: 'json',
  jsonc: 'json',
  prompt: 'promptMarkdown',
  prompty: 'prompty',
  markdown: 'markdown',
  // A cell of a notebook that is neither Markdown nor code.
  raw: 'markdown',
};

/** Of the files that may keep conversations. */
export const CHAT_PATTERN = '**/*.{jsonl,ndjson,json,jsonc,prompty,md,markdown}';

/** Of the texts that may, whatever they are called. */
export const CHAT_LANGUAGES: readonly string[] = Object.keys(LANGUAGES);

/** How a text may keep conversations; undefined where it is of another kind. */
export function chatTextKind(fileName: string, languageId?: string): ChatTextKind | undefined {
  const name = fileName.toLowerCase();
  const kind = ENDINGS.find(([ending]) => ending.test(name))?.[1];
  return kind ?? (languageId === undefined ? undefined : LANGUAGES[languageId]);
}
