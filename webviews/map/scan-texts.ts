import { formatCount, formatSeconds, formatTimeLeft } from '../../src/display/numbers';
import type { MapState, NotMapped } from '../../src/shared/map-api';
import { t } from '../l10n';

/** `12 of 340 files · 8,100 of about 96,000 tokens · 1,050 tokens a second · 84 s left`. */
export function progressText({ progress, scanning }: MapState): string {
  const { filesRead, files, tokensRead, tokens, tokensPerSecond, secondsLeft } = progress;
  if (files === 0) return scanning.kind === 'done' ? t('The folder has no code that is read.') : '';
  const isAtWork = scanning.kind === 'working' && filesRead < files;
  const parts = [
    filesRead < files
      ? t('{0} of {1} files are read', formatCount(filesRead), formatCount(files))
      : t('{0} files are read', formatCount(files)),
    filesRead < files
      ? t('{0} of about {1} tokens', formatCount(tokensRead), formatCount(tokens))
      : t('{0} tokens', formatCount(tokensRead)),
    isAtWork && tokensPerSecond >= 1 && t('{0} tokens a second', formatCount(tokensPerSecond)),
    isAtWork && Number.isFinite(secondsLeft) && leftText(secondsLeft),
  ];
  return parts.filter(Boolean).join(' · ');
}

function leftText(seconds: number): string {
  return seconds < 60 ? t('{0} left', formatSeconds(Math.ceil(seconds))) : t('about {0} left', formatTimeLeft(seconds));
}

export function scanningText({ scanning }: MapState): string {
  switch (scanning.kind) {
    case 'loading':
      return t('Loading the model');
    case 'waiting':
      return [scanning.message ?? [], t('It waits {0}.', scanning.reason)].flat().join(' ');
    case 'paused':
      return t('Paused');
    default:
      return '';
  }
}

/** Why a file is left out, in a word or two. */
export function leftOutText(reason: NotMapped): string {
  switch (reason) {
    case 'ignored':
      return t('ignored by .gitignore');
    case 'generated':
      return t('generated');
    case 'vendored':
      return t('of others (vendored)');
    case 'minified':
      return t('minified');
    case 'binary':
      return t('binary');
    case 'tooLarge':
      return t('too large');
    case 'notCode':
      return t('no code');
    case 'empty':
      return t('empty');
    case 'unreadable':
      return t('not readable');
    case 'tooShort':
      return t('too short (the first 16 tokens of a file do not count)');
  }
}
