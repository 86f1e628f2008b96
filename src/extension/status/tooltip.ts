import { safeText } from '../../display/glyphs';
import { formatCount, formatDecimal, formatNats, formatPerplexity } from '../../display/numbers';
import { chatCountText } from '../chat/chat-count-text';
import type { ChatCount } from '../chat/chat-counts';
import type { ShownDifference } from '../decorations/shown-difference';
import { inlineCode } from '../hover/markdown';
import type { Interruption } from '../readings/document-readings';
import type { ReadingMode } from '../readings/reading';
import type { SpanSums } from '../readings/sums';
import type { Translate } from '../translate';
import type { NamedSums } from './count';
import { changesNote } from './model-changes';
import { type ServerFacts, serverParts, useLocalLink } from './server-text';
import { modeText } from './status-text';

/** What the tooltip of the status item tells. */
export interface TooltipFacts {
  /** Undefined while none is loaded. */
  model: { name: string; provider: string; note: string; approximation: string | undefined } | undefined;
  /** Where texts go; undefined of a model on this machine. */
  server?: ServerFacts | undefined;
  /** Of a model on a server that is compared with the one in use, that texts go there. */
  comparedNote?: string | undefined;
  /** The chosen vocabulary, where the colours are of other tokens: the model's own. */
  notShown: string | undefined;
  /** Undefined where nothing is coloured or selected. */
  mode: ReadingMode | undefined;
  /** Which heads are switched off. */
  changes: string | undefined;
  /** Whether steering is among them. */
  isSteered: boolean;
  /** Why the colours are of before; undefined where they are not. */
  stale: 'edited' | Interruption | undefined;
  sums: NamedSums | undefined;
  /** What two models say otherwise of what is coloured. */
  difference?: ShownDifference | undefined;
  /** Tokens of conversations by role. */
  chats?: readonly ChatCount[] | undefined;
  /** The line from which on the model has read, where that is not the first. */
  readFrom: number | undefined;
  /** What the colours mean, as Markdown; nothing where there are none. */
  legend: readonly string[];
}

/** The setting that says how far back. */
const CONTEXT_BEFORE = inlineCode('vitrine.contextBefore');

/** The tooltip as Markdown with HTML colours and links to commands that change how texts are read. */
export function tooltipMarkdown(facts: TooltipFacts, t: Translate): string {
  const {
    model,
    server,
    comparedNote,
    notShown,
    mode,
    changes,
    isSteered,
    stale,
    sums,
    difference,
    chats = [],
    readFrom,
    legend,
  } = facts;
  const parts = [...(server ? serverParts(server, t) : [model ? modelLine(model, t) : t('No model is loaded.')])];
  if (comparedNote) parts.push(`B: ${comparedNote} · ${useLocalLink(t)}`);
  if (changes) parts.push(`${changesNote(changes, t)} · ${isSteered ? stopSteeringLink(t) : allHeadsOnLink(t)}`);
  if (stale) parts.push(staleNote(stale, t));
  if (chats.length > 0) parts.push(chatCountLine(chats, t));
  if (sums) parts.push(sumsTable(sums, t));
  if (difference) parts.push(...differenceParts(difference, t));
  if (readFrom) parts.push(t('The model has read from line {0} on: {1}', formatCount(readFrom), CONTEXT_BEFORE));
  if (notShown)
    parts.push(t('The colours are of the model’s own tokens; {0} is chosen for bands and lists.', notShown));
  parts.push(...legend);
  if (mode) parts.push(`${t('A selection is read: {0}', `**${modeText(mode, t)}**`)} · ${switchLink(mode, t)}`);
  return [...parts, t('Click for what Vitrine can do here.')].join('\n\n');
}

/** A role may be any text of the document. */
function chatCountLine(chats: readonly ChatCount[], t: Translate): string {
  const line = `${t('Conversation')}: ${inlineCode(chatCountText(chats, t))}`;
  return chats.some(({ isPublished }) => isPublished)
    ? `${line} · ${t('what messages add is as OpenAI publishes it')}`
    : line;
}

function staleNote(stale: NonNullable<TooltipFacts['stale']>, t: Translate): string {
  switch (stale) {
    case 'edited':
      return t('The text has changed: the model reads it again.');
    case 'server':
      return t('The server does not answer: the colours are those of before. An edit asks it again.');
    case 'engine':
      return t('The engine stopped while the model read this: the colours are those of before.');
  }
}

function modelLine({ name, provider, note, approximation }: NonNullable<TooltipFacts['model']>, t: Translate): string {
  const line = `${inlineCode(safeText(name))} · ${provider} (${providerTerm(t)}): ${note}`;
  return approximation === undefined ? line : `${line}\n\n${approximation}`;
}

/** What the word means of which the notes about it speak. */
export function providerTerm(t: Translate): string {
  return t('execution provider: what computes the model, processor or graphics card');
}

function allHeadsOnLink(t: Translate): string {
  return `[${t('Switch All Heads On')}](command:vitrine.switchHeadsOn)`;
}

function stopSteeringLink(t: Translate): string {
  return `[${t('Stop Steering')}](command:vitrine.stopSteering)`;
}

function switchLink(mode: ReadingMode, t: Translate): string {
  const other = mode === 'withTextBefore' ? t('Read Selections Alone') : t('Read Selections With the Text Before');
  return `[${other}](command:vitrine.toggleReadingMode)`;
}

function sumsTable({ of, sums }: NamedSums, t: Translate): string {
  const { tokens, predicted, logprob, perplexity, bitsPerCharacter } = sums;
  const rows: [string, string][] = [[t('log-probability'), formatNats(logprob)]];
  if (perplexity !== undefined) rows.push([t('perplexity'), formatPerplexity(perplexity)]);
  if (bitsPerCharacter !== undefined) rows.push([t('bits a character'), formatDecimal(bitsPerCharacter)]);
  rows.push(...classRows(sums, t));
  const shown = predicted > 0 ? rows : [[t('nothing predicts it'), '']];
  const count = tokens === 1 ? t('1 token') : t('{0} tokens', formatCount(tokens));
  return [`| ${nameOf(of, t)} | ${count} |`, '|:-|-:|', ...shown.map((row) => `| ${row.join(' | ')} |`)].join('\n');
}

/** Of a server that names only its most probable tokens, the classes that these are of. */
function classRows({ classes, unnamed, predicted }: SpanSums, t: Translate): [string, string][] {
  // It tells no ranks.
  if (unnamed === predicted) return [];
  const first: [string, string] = [t('first guess'), formatCount(classes.first)];
  const ten = formatCount(classes.ten);
  if (unnamed > 0) return [first, [t('other tokens that the server names'), ten], [t('beyond'), formatCount(unnamed)]];
  return [
    first,
    [t('guesses 2 to 10'), ten],
    [t('guesses 11 to 100'), formatCount(classes.hundred)],
    [t('beyond'), formatCount(classes.beyond)],
  ];
}

/** What both say in all, and where that is too little to be seen, that it is. */
function differenceParts(difference: ShownDifference, t: Translate): string[] {
  const { count, logprobA, logprobB, meanKl, flips, agreement } = difference;
  const rows: [string, string][] = [
    [t('log-probability of A'), formatNats(logprobA)],
    [t('log-probability of B'), formatNats(logprobB)],
  ];
  if (meanKl !== undefined) rows.push([t('mean KL(A‖B)'), formatNats(meanKl)]);
  if (flips !== undefined) rows.push([t('the first guess flips'), formatCount(flips)]);
  const counted = flips === undefined ? t('{0} parts', formatCount(count)) : t('of {0} tokens', formatCount(count));
  const lines = [`| ${t('Difference')} | ${counted} |`, '|:-|-:|', ...rows.map((row) => `| ${row.join(' | ')} |`)];
  const close = t(
    'A and B agree within {0} everywhere, which is too little for a colour. The first guess flips in {1} of {2} tokens.',
    formatNats(agreement ?? 0),
    formatCount(flips ?? 0),
    formatCount(count),
  );
  return [lines.join('\n'), ...(agreement === undefined ? [] : [close])];
}

function nameOf(of: NamedSums['of'], t: Translate): string {
  switch (of.kind) {
    case 'selection':
      return t('Selection');
    case 'document':
      return t('Document');
    case 'lines':
      return of.first === of.last
        ? t('Coloured in line {0}', formatCount(of.first))
        : t('Coloured in lines {0} to {1}', formatCount(of.first), formatCount(of.last));
  }
}
