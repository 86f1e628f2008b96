import { bitsOf } from '../../src/display/scales';
import type { Provenance } from '../../src/recording/provenance';
import type { Predictions } from '../../src/shared/engine-api';
import type { Subject } from '../../src/shared/inspector-api';
import type { Work } from '../../src/shared/progress';
import type { TokenText } from '../kit/subject-tokens';

/** A text is never altered; what is not a number is undefined. */
export type Cell = string | number | boolean | undefined;
export type Row = readonly Cell[];

/**
 * Numbers of a view, made only when somebody asks for them, and then all of them. Columns have the names and the meaning
 * that fields have in the JSON of `vitrine inspect`: layers, heads, positions and ranks count from 0.
 */
export interface Table {
  /** For people. */
  label: string;
  /** Of the file, without its extension. */
  name: string;
  columns: readonly string[];
  /** A row an entry, a value a column; a row may end before the columns do. */
  rows(work: Work): readonly Row[] | Promise<readonly Row[]>;
  /** Heads that were off, where they are not those of the text that is inspected: then nothing was steered either. */
  ablated?: Provenance['ablated'];
  /** Whether it has weights of attention, which a recorded page holds rounded. */
  hasWeights?: boolean;
}

/** What a view offers as tables. */
export interface HasTables {
  tables(): Table[];
}

/** A text that was read, as far as its tokens are concerned. */
interface TextOfTokens {
  text: string;
  read: { ids: ArrayLike<number>; starts: ArrayLike<number>; ends: ArrayLike<number> } | undefined;
  /** UTF-16 units before the text that were not read. */
  cut?: Subject['cut'];
}

/** What tables say of a token: which it is, and where it stands in the text. */
export const TOKEN_COLUMNS = ['position', 'id', 'text', 'start', 'end'] as const;

export function tokenCells({ text, read, cut = 0 }: TextOfTokens, position: number): Cell[] {
  const [start = 0, end = 0] = [read?.starts[position], read?.ends[position]];
  return [position, read?.ids[position], text.slice(start, end), start + cut, end + cut];
}

const CHAT_COLUMNS = ['message', 'role', 'scored'] as const;

/** What tables say of tokens of a chat beside; nothing of other texts. */
export const chatColumns = (tokens: readonly TokenText[]): readonly string[] =>
  tokens.some(({ chat }) => chat !== undefined) ? CHAT_COLUMNS : [];

/** What the template writes is of no role. */
export function chatCells(token: TokenText | undefined): Cell[] {
  if (!token?.chat) return [];
  const { message, role, kind, isScored } = token.chat;
  return [message, kind === 'content' ? role : undefined, isScored];
}

/** What tables say of how the model found a token, and of what it expected after it. */
const PREDICTION_COLUMNS = ['logprob', 'surprisal', 'rank', 'entropyBefore', 'entropy'] as const;

/** What is known of predictions only as a bound. */
type Bounds = Pick<Predictions, 'rankLimit' | 'isEntropyBound'>;

/** Of bounds columns say so: up to which rank ranks are known, and that entropies are at least what is given. */
export function predictionColumns({ rankLimit, isEntropyBound }: Bounds): readonly string[] {
  return [...PREDICTION_COLUMNS, ...(rankLimit ? ['rankLimit'] : []), ...(isEntropyBound ? ['isEntropyBound'] : [])];
}

/** Of the first token only the entropy after it is known. */
export function predictionCells(predictions: Predictions, position: number): Cell[] {
  const { logprob, rank, rankLimit, entropyAfter: entropy, isEntropyBound } = predictions;
  const own = logprob[position] ?? Number.NaN;
  const known = Number.isNaN(own)
    ? [undefined, undefined]
    : [bitsOf(own), rankLimit === 0 ? undefined : rank[position]];
  const bounds = [...(rankLimit ? [rankLimit] : []), ...(isEntropyBound ? [isEntropyBound] : [])];
  return [own, ...known, entropy[position - 1], entropy[position], ...bounds];
}
