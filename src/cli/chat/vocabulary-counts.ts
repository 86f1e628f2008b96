import { OPENAI_CHAT_VOCABULARIES, OPENAI_COUNT_SOURCE, openAiCounts } from '../../chat/count-openai';
import { type CountsByRole, countedTokens, summedCounts } from '../../chat/counts-by-role';
import { safeText } from '../../display/glyphs';
import { formatCount, formatQuantity } from '../../display/numbers';
import type { Conversation } from '../../shared/chat';
import { loadTiktoken, type Tokenizer } from '../../tokenizer';
import type { Screen } from '../output';
import { gridRows } from '../terminal/grid';
import { type ChatReader, readChat } from './chat-reader';

/** How many tokens conversations have under one vocabulary. */
export interface VocabularyCounts {
  vocabulary: string;
  /** Whether the template is not known, and what it adds is what OpenAI says. */
  isPublished: boolean;
  counts: CountsByRole;
}

/** Counts a conversation under the model's vocabulary and under those of OpenAI's models that read chats. */
export type ChatCounter = (conversation: Conversation) => Promise<VocabularyCounts[]>;

export async function openChatCounter(reader: ChatReader): Promise<ChatCounter> {
  const published = await Promise.all(
    OPENAI_CHAT_VOCABULARIES.map(async (name) => ({ name, tokenizer: await loadTiktoken(name) })),
  );
  return async (conversation) => {
    const { counts } = await readChat(reader, conversation);
    return [
      { vocabulary: reader.name, isPublished: false, counts },
      ...published.map(({ name, tokenizer }) => ({
        vocabulary: name,
        isPublished: true,
        counts: openAiCounts(conversation.messages, countIn(tokenizer)),
      })),
    ];
  };
}

const countIn = (tokenizer: Tokenizer) => (text: string) => tokenizer.encode(text).ids.length;

/** The sums of what several conversations have. */
export class CountTotals {
  #conversations = 0;
  readonly #totals = new Map<string, VocabularyCounts>();

  add(all: readonly VocabularyCounts[]): void {
    this.#conversations++;
    for (const added of all) {
      const known = this.#totals.get(added.vocabulary);
      this.#totals.set(
        added.vocabulary,
        known ? { ...known, counts: summedCounts([known.counts, added.counts]) } : added,
      );
    }
  }

  /** Of one conversation there is nothing to sum. */
  view(screen: Screen): string[] {
    const title = `all ${formatQuantity(this.#conversations, 'conversation')}`;
    return this.#conversations < 2 ? [] : ['', ...countsView(title, [...this.#totals.values()], screen)];
  }
}

/** One row a vocabulary, one column a role. */
export function countsView(title: string, all: readonly VocabularyCounts[], { palette }: Screen): string[] {
  const roles = [...new Set(all.flatMap(({ counts }) => [...counts.roles.keys()]))];
  const column = (header: string, count: (counts: CountsByRole) => number) => ({
    header,
    align: 'end' as const,
    cells: all.map(({ counts }) => formatCount(count(counts))),
  });
  const [header = '', ...rows] = gridRows([
    {
      header: title,
      align: 'start',
      cells: all.map(({ vocabulary, isPublished }) => (isPublished ? `${vocabulary} *` : safeText(vocabulary))),
    },
    ...roles.map((role) => column(safeText(role), (counts) => counts.roles.get(role) ?? 0)),
    column('template', ({ template }) => template),
    column('tokens', countedTokens),
  ]);
  return [palette.bold(header), ...rows];
}

export const COUNTS_LEGEND = `* the template is not public: with what OpenAI says each message adds (${OPENAI_COUNT_SOURCE})`;

/** What `--count --json` prints of a conversation, as docs/json.md documents it. */
export function countsJson(all: readonly VocabularyCounts[]): object[] {
  return all.map(({ vocabulary, isPublished, counts }) => ({
    vocabulary,
    published: isPublished,
    roles: Object.fromEntries(counts.roles),
    template: counts.template,
    tokens: countedTokens(counts),
  }));
}
