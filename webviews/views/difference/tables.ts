import { charactersOf } from '../../../src/comparison/differences-at';
import { chatCells, chatColumns, type Table, TOKEN_COLUMNS, tokenCells } from '../../export/table';
import { subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import type { Compared } from './compared';
import { differenceParts, type PartKind } from './difference-parts';

/** What can be saved of the comparison: token by token, or span by span, and the sums. */
export function differenceTables(store: ViewStore, compared: Compared): Table[] {
  const own = compared.text.sameVocabulary ? tokenTable(store, compared) : spanTable(compared);
  const { chat } = compared.subject;
  const kinds: readonly PartKind[] = chat ? ['roles', 'lines', 'symbols'] : ['lines', 'symbols'];
  return [own, ...kinds.map((kind) => partTable(store, compared, kind))];
}

function tokenTable({ lenses }: ViewStore, compared: Compared): Table {
  const { hasDivergence, hasGuesses } = compared;
  const { a, b, kl, reverseKl, topK } = compared.text.tokens;
  return {
    label: t('Differences'),
    name: 'differences',
    columns: [
      ...TOKEN_COLUMNS,
      ...['logprobA', 'logprobB', 'logRatio', 'rankA', 'rankB', 'entropyA', 'entropyB', 'kl', 'reverseKl'],
      ...['firstIdA', 'firstTextA', 'firstIdB', 'firstTextB'],
      ...chatColumns(subjectTokens(compared.subject)),
    ],
    rows: async () => {
      const firsts = compared.shown.flatMap((index) => [a.topIds[index * topK] ?? 0, b.topIds[index * topK] ?? 0]);
      const texts = await lenses.describe({ ids: firsts });
      return compared.shown.map((index, row) => [
        ...tokenCells(compared.subject, compared.positionOf(index)),
        a.logprob[index],
        b.logprob[index],
        compared.logRatio(index),
        a.rank[index],
        b.rank[index],
        a.entropy[index],
        b.entropy[index],
        ...(hasDivergence ? [kl[index], reverseKl[index]] : ['', '']),
        ...(hasGuesses
          ? [firsts[2 * row], texts[2 * row]?.text, firsts[2 * row + 1], texts[2 * row + 1]?.text]
          : ['', '', '', '']),
        ...chatCells(subjectTokens(compared.subject)[compared.positionOf(index)]),
      ]);
    },
  };
}

function spanTable(compared: Compared): Table {
  const { spans, text } = compared.text;
  return {
    label: t('Differences'),
    name: 'differences',
    columns: ['text', 'start', 'end', 'characters', 'tokensA', 'tokensB', 'logprobA', 'logprobB', 'logRatio'],
    rows: () =>
      compared.shown
        .flatMap((index) => spans[index] ?? [])
        .map((span) => [
          text.slice(span.start, span.end),
          span.start,
          span.end,
          charactersOf(text, span),
          span.tokensA,
          span.tokensB,
          span.logprobA,
          span.logprobB,
          span.logprobB - span.logprobA,
        ]),
  };
}

function partTable({ host }: ViewStore, compared: Compared, kind: PartKind): Table {
  const labels = {
    lines: t('Differences by line'),
    symbols: t('Differences by function'),
    roles: t('Differences by role'),
  };
  return {
    label: labels[kind],
    name: `differences-${kind}`,
    columns: ['name', 'note', 'tokens', 'logRatio', 'meanKl', 'flips'],
    rows: async () => {
      const symbols = kind === 'symbols' ? await host.symbols() : [];
      return differenceParts(compared, kind, symbols).map(({ name, note, count, logRatio, meanKl, flips }) => [
        name,
        note,
        count,
        logRatio,
        meanKl,
        flips,
      ]);
    },
  };
}
