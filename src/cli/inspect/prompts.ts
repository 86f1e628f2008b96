import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import * as v from 'valibot';
import { formatQuantity } from '../../display/numbers';
import { errorText } from '../../display/sentences';
import type { Engine } from '../../engine/client';
import { provenanceOf } from '../../recording/provenance';
import type { ModelInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { readable } from '../input';
import { jsonPieces } from '../json-pieces';
import { linesOf } from '../lines';
import { stream } from '../output';
import { capabilitiesFor, refuseAbsent } from '../served/capabilities';
import { tellSending } from '../served/sending';
import { type ModelOptions, type ShowProgress, withModel } from '../session';
import { UsageError } from '../usage-error';
import { HeadMeans } from './head-means';
import { inspectText } from './inspect';
import type { InspectRequest } from './inspection';
import { inspectionMembers } from './json';
import { TokenFinder } from './why/token-finder';
import { WhyMeans } from './why/why-means';

type Asked = Omit<InspectRequest, 'prompt'>;

/** Beside what is read: a name for the answer, and of `--why` the tokens of this prompt. */
const beside = {
  id: v.optional(v.union([v.string(), v.number()])),
  token: v.optional(v.string()),
  against: v.optional(v.string()),
};
const promptSchema = v.union([
  // Not both: which one is read would be anybody's guess.
  v.object({ ...beside, text: v.string(), ids: v.optional(v.never()) }),
  v.object({ ...beside, ids: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))), text: v.optional(v.never()) }),
]);
type Line = v.InferOutput<typeof promptSchema>;

/** After these there is no next prompt. */
const ENDS_ALL = ['engine.died', 'task.cancelled'];

interface Totals {
  read: number;
  failed: number;
  tokens: number;
  heads: HeadMeans;
  why: WhyMeans;
}

/**
 * `--prompts`: every line of a file as a text of its own. Prints for each a line of JSON, or a sentence in its place, and
 * last the means over all of them.
 */
export async function runPrompts(
  text: string | undefined,
  path: string,
  options: ModelOptions & { truncate?: boolean },
  asked: Asked,
): Promise<void> {
  if (text !== undefined) throw new UsageError('Give either a text or --prompts.');
  const totals: Totals = { read: 0, failed: 0, tokens: 0, heads: new HeadMeans(), why: new WhyMeans() };
  await withModel(options, async (engine, model, showProgress) => {
    refuseAbsent(model, capabilitiesFor(asked));
    tellSending(model, `the prompts of ${path === '-' ? 'the standard input' : path}`);
    const input = path === '-' ? process.stdin : createReadStream(path);
    const all = readAll(engine, model, { input, asked, truncate: options.truncate ?? false }, totals, showProgress);
    await readable(all, path === '-' ? 'The standard input' : path);
    await stream(totalPieces(totals, model, asked));
  });
  if (totals.failed === 0) return;
  throw new VitrineError(
    'prompts.failed',
    `${formatQuantity(totals.failed, 'prompt')} of ${totals.read} could not be read: their lines say why.`,
  );
}

async function readAll(
  engine: Engine,
  model: ModelInfo,
  { input, asked, truncate }: { input: NodeJS.ReadableStream; asked: Asked; truncate: boolean },
  totals: Totals,
  showProgress: ShowProgress,
): Promise<void> {
  const tokens = new TokenFinder(engine, model);
  for await (const line of linesOf(input)) {
    if (line?.trim() === '') continue;
    const prompt = totals.read++;
    showProgress({ stage: 'prompt', done: totals.read, total: totals.read });
    let id: Line['id'];
    try {
      const { token, against, ...source } = parseLine(line);
      id = source.id;
      const why = asked.why && {
        ...asked.why,
        ...(token === undefined ? {} : { token }),
        ...(against === undefined ? {} : { against }),
      };
      const request = { ...asked, why, prompt: promptOf(source, truncate) };
      const inspection = await inspectText(engine, model, request, showProgress, tokens);
      if (inspection.why) totals.why.add(inspection.why);
      totals.tokens += inspection.trace.ids.length;
      if (model.capabilities.hasAttention) {
        totals.heads.add(inspection.heads ?? (await engine.heads({ trace: inspection.trace.trace })));
      }
      await stream(linePieces({ prompt, id, ...inspectionMembers(inspection) }));
    } catch (error) {
      if (!(error instanceof VitrineError) || ENDS_ALL.includes(error.code)) throw error;
      totals.failed++;
      await stream(linePieces({ prompt, id, error: errorText(error) }));
    }
  }
}

const promptOf = ({ text, ids }: Line, truncate: boolean) => (text === undefined ? { ids } : { text, truncate });

function parseLine(line: string | undefined): Line {
  const { success, output } = v.safeParse(v.pipe(v.string(), v.trim(), v.parseJson(), promptSchema), line);
  if (success) return output;
  throw new VitrineError(
    'prompts.line',
    'This line is no prompt. Write {"text": "…"} or {"ids": [504, 9444]} in one line.',
  );
}

function totalPieces(
  { read, failed, tokens, heads, why }: Totals,
  model: ModelInfo,
  { ablate, steer }: Asked,
): Iterable<string> {
  return linePieces({
    prompts: read,
    failed,
    tokens,
    provenance: provenanceOf(model, [...ablate], steer && { ...steer, name: basename(steer.path, '.gguf') }),
    heads: model.capabilities.hasAttention ? heads.means() : undefined,
    why: why.means(),
  });
}

function* linePieces(members: object): Generator<string> {
  yield* jsonPieces(members);
  yield '\n';
}
