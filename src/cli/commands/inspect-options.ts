import type { HeadAddress } from '../../shared/head-address';
import type { Sampling } from '../../shared/request-fields';
import type { Span } from '../../shared/tokens';
import { readInput } from '../input';
import type { AskedSpans, AskedSteering, InspectRequest, PatchRequest, Prompt, Question } from '../inspect/inspection';
import type { AskedLayers } from '../inspect/saved-arrays';
import type { ModelOptions } from '../session';
import { UsageError } from '../usage-error';

export interface InspectOptions extends ModelOptions {
  file?: string;
  ids?: number[];
  prompts?: string;
  top?: number;
  select?: Span;
  truncate?: boolean;
  attention?: HeadAddress[];
  heads?: boolean;
  experts?: boolean;
  lens?: boolean;
  ablate?: HeadAddress[];
  steer?: AskedSteering;
  why?: Question;
  against?: string;
  occlude?: AskedSpans;
  patch?: string;
  patchSite?: PatchRequest['site'];
  continue?: number;
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  seed?: number;
  json?: boolean;
  html?: string;
  save?: string;
  residuals?: AskedLayers;
  force?: boolean;
}

export const TOP_IN_TABLE = 3;
export const TOP_IN_JSON = 10;
/** More do not fit beside each other on any terminal. */
const ATTENTION_ROWS_IN_TABLE = 200;

/** What is asked of every text. @throws UsageError where options do not go together */
export function requestOf(options: InspectOptions): Omit<InspectRequest, 'prompt' | 'patch'> {
  const { ablate = [] } = options;
  const json = options.json === true || options.prompts !== undefined;
  const topK = options.top ?? (json ? TOP_IN_JSON : TOP_IN_TABLE);
  if (options.residuals !== undefined && options.save === undefined) {
    throw new UsageError('--residuals belongs to --save PATH.');
  }
  return {
    select: options.select,
    topK,
    ablate,
    steer: options.steer,
    compare: ablate.length > 0 && !json,
    attention: options.attention ?? [],
    attentionRows: json ? undefined : ATTENTION_ROWS_IN_TABLE,
    heads: options.heads ?? false,
    experts: options.experts ?? false,
    lensTopK: options.lens ? (json ? topK : 1) : undefined,
    continuation: continuationOf(options),
    why: questionOf(options),
    occlude: options.occlude,
  };
}

export async function promptOf(text: string | undefined, options: InspectOptions): Promise<Prompt> {
  const { file, ids, truncate = false } = options;
  if (ids === undefined) return { text: await readInput(text, file), truncate };
  if (text !== undefined) throw new UsageError('Give either a text or --ids.');
  return { ids };
}

/** The text that is patched, as its file has it. */
export async function patchOf({ patch: path, patchSite }: InspectOptions): Promise<PatchRequest | undefined> {
  if (path === undefined && patchSite !== undefined) throw new UsageError('--patch-site belongs to --patch PATH.');
  return path === undefined ? undefined : { corrupt: await readInput(undefined, path), site: patchSite ?? 'residual' };
}

function questionOf({ why, against }: InspectOptions): Question | undefined {
  if (why === undefined && against !== undefined) throw new UsageError('--against belongs to --why N.');
  return why && { ...why, against };
}

function continuationOf(options: InspectOptions): InspectRequest['continuation'] {
  const { continue: count, temperature, topK, topP, minP, seed } = options;
  const controls = definedOf({ topK, topP, minP, seed });
  const isSampled = Object.keys(controls).length > 0;
  if (count === undefined) {
    if (isSampled || temperature !== undefined) {
      throw new UsageError('--temperature, --top-k, --top-p, --min-p and --seed belong to --continue N.');
    }
    return undefined;
  }
  const sampling: Sampling = { temperature: temperature ?? (isSampled ? 1 : 0), ...controls };
  return { count, sampling };
}

/** Without the members that are undefined. */
function definedOf<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
