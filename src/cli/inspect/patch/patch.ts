import { visibleText } from '../../../display/glyphs';
import { formatQuantity } from '../../../display/numbers';
import type { Engine } from '../../../engine/client';
import { single } from '../../../recording/single';
import type { ModelInfo } from '../../../shared/engine-api';
import { VitrineError } from '../../../shared/errors';
import type { ReadingChanges } from '../../../shared/steering';
import { TASK } from '../../session';
import type { InspectedPatch, Pair, PatchRequest, Question, ReadPrompt } from '../inspection';
import { readPrompt } from '../read';
import { askedOf } from '../why/question';
import type { TokenFinder } from '../why/token-finder';

/** Puts what a text gave at one place into the run of another, for every place: which of them bring back its answer. */
export async function patch(
  engine: Engine,
  model: ModelInfo,
  clean: ReadPrompt,
  { corrupt: file, site, changes }: PatchRequest & { changes: ReadingChanges },
  question: Question,
  tokens: TokenFinder,
): Promise<InspectedPatch> {
  const text = asLong(file, clean.text);
  const corrupt = await readPrompt(engine, { text, truncate: false }, changes);
  const differs = differencesOf(clean, corrupt);
  const asked = await pairOf(engine, clean, corrupt, question, tokens);
  const first = differs[0] ?? 0;
  if (first >= asked.position) {
    throw new VitrineError(
      'patch.same',
      'The two texts are the same up to what is asked about. Ask about a later token.',
    );
  }
  const columns = site === 'head' ? { from: 0, to: model.numAttentionHeads } : { from: first, to: asked.position };
  const grid = await engine.patchGrid({
    task: TASK,
    ...asked,
    trace: corrupt.trace.trace,
    source: clean.trace.trace,
    site,
    layers: { from: 0, to: model.numHiddenLayers },
    columns,
  });
  const width = columns.to - columns.from;
  const [token, against] = await engine.describe({ ids: [asked.token, asked.against] });
  return {
    site,
    corrupt: text,
    position: asked.position,
    token: { id: asked.token, text: token?.text ?? '', bytes: token?.bytes ?? '' },
    against: { id: asked.against, text: against?.text ?? '', bytes: against?.bytes ?? '' },
    differs,
    clean: pairAt(grid.clean, 0),
    corrupted: pairAt(grid.corrupt, 0),
    columns,
    logprobs: Array.from({ length: model.numHiddenLayers }, (_, layer) =>
      Array.from({ length: width }, (_, column) => pairAt(grid.logprobs, layer * width + column)),
    ),
  };
}

/** Editors end a file with a line break, and a command line does not end a text so. */
function asLong(file: string, text: string): string {
  return text.endsWith('\n') ? file : file.replace(/\r?\n$/, '');
}

/** How much of the way from one text to the other, in the difference of logits: 0 is the corrupt one, 1 the clean one; NaN where they say the same. */
export function restored({ clean, corrupted }: Pick<InspectedPatch, 'clean' | 'corrupted'>, patched: Pair): number {
  const difference = ({ token, against }: Pair) => token - against;
  const whole = difference(clean) - difference(corrupted);
  return whole === 0 ? Number.NaN : (difference(patched) - difference(corrupted)) / whole;
}

/** @throws VitrineError `patch.length` where the texts have different numbers of tokens */
function differencesOf(clean: ReadPrompt, corrupt: ReadPrompt): number[] {
  const [one, other] = [clean.trace.ids, corrupt.trace.ids];
  const differs = Array.from(one.keys()).filter((position) => one[position] !== other[position]);
  if (one.length === other.length) {
    if (differs.length > 0) return differs;
    throw new VitrineError('patch.same', 'The two texts are the same: there is nothing to patch.');
  }
  const first = differs[0] ?? Math.min(one.length, other.length);
  const at = ({ text, trace }: ReadPrompt) =>
    visibleText(text.slice(trace.starts[first], trace.ends[Math.min(first + 2, trace.ids.length - 1)]));
  throw new VitrineError(
    'patch.length',
    `The texts have to have as many tokens, one at the place of the other: the first has ${formatQuantity(one.length, 'token')}, the other ${other.length}. They part at token ${first}: ${at(clean) || 'nothing'}, and ${at(corrupt) || 'nothing'}. Choose words of as many tokens.`,
  );
}

/** By default what the clean text makes most probable, against what the corrupt one does. */
async function pairOf(
  engine: Engine,
  clean: ReadPrompt,
  corrupt: ReadPrompt,
  question: Question,
  tokens: TokenFinder,
): Promise<{ position: number; token: number; against: number }> {
  const { position, token, against } = await askedOf(question, clean.trace, tokens);
  const asked = token ?? clean.trace.ids[position] ?? (await mostProbable(engine, clean, position));
  return { position, token: asked, against: against ?? (await mostProbable(engine, corrupt, position, asked)) };
}

/** @param but a token that is left out */
async function mostProbable(
  engine: Engine,
  { trace: { trace } }: ReadPrompt,
  position: number,
  but?: number,
): Promise<number> {
  const { topIdsAfter } = await engine.predictions({ trace, from: position - 1, to: position, topK: 2 });
  return topIdsAfter.find((id) => id !== but) ?? 0;
}

function pairAt(logprobs: Float32Array, index: number): Pair {
  const at = (column: number) => single(logprobs[2 * index + column] ?? Number.NaN);
  return { token: at(0), against: at(1) };
}
