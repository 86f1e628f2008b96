import type { Subject, SymbolSpan } from '../../../src/shared/inspector-api';
import { lineParts, symbolParts } from '../../kit/text-parts';
import { t } from '../../l10n';
import { type Compared, type DifferenceSums, sumsOf } from './compared';

export type PartKind = 'lines' | 'symbols' | 'roles';

/** A part of the text, and what its tokens come to. */
export interface DifferencePart extends DifferenceSums {
  name: string;
  /** A line's number, what kind of symbol it is, or whether training scores it. */
  note: string;
  depth: number;
  /** Its token that moved most. */
  position: number;
}

/** Parts with something that both models predict, in the order of the text. */
export function differenceParts(compared: Compared, kind: PartKind, symbols: readonly SymbolSpan[]): DifferencePart[] {
  const { subject } = compared;
  const shown = new Set(compared.shown);
  const parts = kind === 'roles' ? roleParts(compared) : partsOf(compared, kind, symbols, subject);
  return parts.flatMap(({ indices, ...part }) => {
    const own = indices.filter((index) => shown.has(index));
    return own.length > 0 ? [{ ...part, ...sumsOf(compared, own), position: mostMoved(compared, own) }] : [];
  });
}

interface IndexedPart {
  name: string;
  note: string;
  depth: number;
  indices: readonly number[];
}

function partsOf(
  compared: Compared,
  kind: 'lines' | 'symbols',
  symbols: readonly SymbolSpan[],
  subject: Subject,
): IndexedPart[] {
  const parts = kind === 'lines' ? lineParts(subject) : symbolParts(subject, symbols);
  return parts.map(({ name, note, depth, run }) => ({ name, note, depth, indices: compared.indicesIn(run) }));
}

/** What each role said, and what the template wrote around it. */
function roleParts(compared: Compared): IndexedPart[] {
  const roles = new Map<string, { indices: number[]; isScored: boolean }>();
  for (const index of compared.shown) {
    const { kind, role, isScored = false } = compared.chatOf(index) ?? {};
    const name = kind === 'content' && role !== undefined ? role : t('written by the template');
    const known = roles.get(name) ?? { indices: [], isScored: true };
    known.indices.push(index);
    known.isScored &&= isScored;
    roles.set(name, known);
  }
  return Array.from(roles, ([name, { indices, isScored }]) => ({
    name,
    note: isScored ? t('scored') : '',
    depth: 0,
    indices,
  }));
}

function mostMoved(compared: Compared, indices: readonly number[]): number {
  const size = (index: number) => Math.abs(compared.logRatio(index));
  return compared.positionOf(indices.reduce((most, index) => (size(index) > size(most) ? index : most)));
}
