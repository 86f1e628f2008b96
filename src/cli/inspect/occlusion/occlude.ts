import type { Engine } from '../../../engine/client';
import { single } from '../../../recording/single';
import { VitrineError } from '../../../shared/errors';
import type { Span } from '../../../shared/tokens';
import { TASK } from '../../session';
import type { AskedSpans, InspectedOcclusion, Question, ReadPrompt, TokenRange } from '../inspection';
import { tokensIn } from '../tokens';
import { askedOf } from '../why/question';
import type { TokenFinder } from '../why/token-finder';

/** Hides each token, line or span before the tokens asked about: those of a selection, else the one of a question, else what comes next. */
export async function occlude(
  engine: Engine,
  read: ReadPrompt,
  { asked, select, question }: { asked: AskedSpans; select: Span | undefined; question: Question | undefined },
  tokens: TokenFinder,
): Promise<InspectedOcclusion> {
  const { text, trace } = read;
  const { targets, ids } = await targetsOf(engine, read, select, question, tokens);
  // The tokens from whose streams the targets are predicted: what the last of them is in cannot be hidden from any.
  const last = targets.to - 2;
  const spans = spansOf(read, asked, targets.from).filter(({ to }) => to <= last);
  if (spans.length === 0) {
    throw new VitrineError(
      'occlude.nothing',
      'Nothing stands before what is asked about that could be hidden from it. Ask about a later token.',
    );
  }
  const { logprobs, base } = await engine.occlusion({ task: TASK, trace: trace.trace, targets, ids, spans });
  const count = ids.length;
  const logprob = single(sumOf(base));
  const described = await engine.describe({ ids });
  return {
    targets,
    target: described.map((token) => token.text).join(''),
    logprob,
    isByToken: asked === 'token',
    spans: spans.map(({ from, to }, index) => {
      const [start = 0, end = 0] = [trace.starts[from], trace.ends[to - 1]];
      const hidden = single(sumOf(logprobs.subarray(index * count, (index + 1) * count)));
      return { from, to, start, end, text: text.slice(start, end), logprob: hidden, change: single(hidden - logprob) };
    }),
  };
}

async function targetsOf(
  engine: Engine,
  read: ReadPrompt,
  select: Span | undefined,
  question: Question | undefined,
  tokens: TokenFinder,
): Promise<{ targets: TokenRange; ids: number[] }> {
  const { trace } = read;
  if (select !== undefined && question === undefined) {
    const { from, to } = tokensIn(read, select);
    // Nothing comes before the first token, and so nothing says how probable it is.
    const targets = { from: Math.max(1, from), to };
    if (targets.from >= to)
      throw new VitrineError('occlude.nothing', 'Nothing comes before the selection. Select a later part.');
    return { targets, ids: [...trace.ids.subarray(targets.from, to)] };
  }
  const { position, token } = await askedOf(question ?? { position: 'end' }, trace, tokens);
  return {
    targets: { from: position, to: position + 1 },
    ids: [token ?? trace.ids[position] ?? (await nextOf(engine, read))],
  };
}

async function nextOf(engine: Engine, { trace: { trace, ids } }: ReadPrompt): Promise<number> {
  const { topIdsAfter } = await engine.predictions({ trace, from: ids.length - 1, to: ids.length, topK: 1 });
  return topIdsAfter[0] ?? 0;
}

/** Those of what was asked for that have a token before a position; a token that ends in the next line is of the line in which it begins. */
function spansOf(read: ReadPrompt, asked: AskedSpans, before: number): TokenRange[] {
  if (asked === 'token') return Array.from({ length: before }, (_, from) => ({ from, to: from + 1 }));
  if (asked !== 'line') {
    return asked.map((span) => tokensIn(read, span)).flatMap(({ from, to }) => rangeBefore(from, to, before));
  }
  const { text, trace } = read;
  const lines = Array.from(trace.starts.subarray(0, before), (start) => lineAt(text, start));
  const firsts = lines.flatMap((line, token) => (line === lines[token - 1] ? [] : [token]));
  return firsts.flatMap((from, index) => rangeBefore(from, firsts[index + 1] ?? before, before));
}

const rangeBefore = (from: number, to: number, before: number): TokenRange[] =>
  from < before ? [{ from, to: Math.min(to, before) }] : [];

/** Where the line begins that a place is in. */
const lineAt = (text: string, place: number) => text.lastIndexOf('\n', place - 1);

const sumOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
