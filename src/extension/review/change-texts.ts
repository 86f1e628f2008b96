import * as vscode from 'vscode';
import { visibleText } from '../../display/glyphs';
import { formatBits, formatBitsAlone } from '../../display/numbers';
import type { HunkScore } from '../../shared/workspace-api';
import { groupOf, type HunkGroup } from '../../workspace/changes/rank';
import type { NotReviewed, ReviewedFile } from '../../workspace/changes/review';
import { NEW_NAME_BITS } from '../../workspace/changes/token-changes';
import { codeBlock, inlineCode } from '../hover/markdown';
import { meansText } from './change-lenses';

const TOOLTIP_LINES = 12;

/** The most surprising token that is new, after the one that it replaces. */
export function surpriseText({ worst, replaced }: HunkScore): string[] {
  if (!worst) return [];
  const before = replaced ? [`${visibleText(replaced.text)} ${formatBitsAlone(replaced.bits)}`] : [];
  const name = worst.isNewName ? ` (${vscode.l10n.t('new name')})` : '';
  return [[...before, `${visibleText(worst.text)} ${formatBits(worst.bits)}${name}`].join(' → ')];
}

/** What is said of hunks that are no more unusual than others. */
export function groupText(group: Exclude<HunkGroup, 'unusual'>): string {
  const { t } = vscode.l10n;
  switch (group) {
    case 'usual':
      return t('No new token of 4 bits or more');
    case 'comment':
      return t('Only comments differ');
    case 'notJudged':
      return t('Only something taken away, or at the beginning of a file');
    case 'trivial':
      return t('Only moved, or only white space');
  }
}

/** What is said of it where its group has two kinds. */
export function kindText(hunk: HunkScore): string[] {
  const { t } = vscode.l10n;
  switch (groupOf(hunk)) {
    case 'notJudged':
      return hunk.added.length === 0 ? [t('only removed')] : [];
    case 'trivial':
      return [hunk.trivial === 'moved' ? t('only moved') : t('only white space')];
    default:
      return [];
  }
}

/** Both sides of a hunk and its numbers, as Markdown. */
export function tooltipOf(hunk: HunkScore, file: ReviewedFile | undefined): string {
  const { t } = vscode.l10n;
  const lines = (side: 'before' | 'after', sign: string) =>
    file?.[side]
      .split('\n')
      .slice(hunk[side].from, hunk[side].to)
      .map((line) => `${sign} ${line}`) ?? [];
  const all = [...lines('before', '-'), ...lines('after', '+')];
  const shown = all.length > TOOLTIP_LINES ? [...all.slice(0, TOOLTIP_LINES), '…'] : all;
  const worst = hunk.worst;
  const expected =
    worst?.expected === undefined ? '' : ` · ${t('The model expected {0}.', inlineCode(visibleText(worst.expected)))}`;
  return [
    inlineCode(hunk.path),
    codeBlock(shown),
    ...(worst ? [meansText(hunk, t)] : []),
    ...(worst
      ? [
          `${inlineCode(visibleText(worst.text))} ${formatBits(worst.bits)}${expected}`,
          ...(worst.isNewName ? [t('A name that is new in its file counts {0} bits less.', NEW_NAME_BITS)] : []),
        ]
      : []),
  ].join('\n\n');
}

/** Of one file. */
export function whyText(why: NotReviewed['why']): string {
  const { t } = vscode.l10n;
  switch (why) {
    case 'ignored':
      return t('ignored by Git');
    case 'generated':
      return t('generated');
    case 'vendored':
      return t("others' code");
    case 'minified':
      return t('minified');
    case 'binary':
      return t('binary');
    case 'tooLarge':
      return t('over 1 MB');
    case 'notCode':
      return t('not code');
    case 'empty':
      return t('empty');
    case 'unreadable':
      return t('not readable as UTF-8');
    case 'deleted':
      return t('deleted');
    case 'submodule':
      return t('a submodule');
    case 'link':
      return t('a link');
    case 'conflict':
      return t('in conflict');
    case 'unchanged':
      return t('only renamed, or with another mode');
  }
}
