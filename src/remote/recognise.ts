import * as v from 'valibot';
import { type Sentence, sentence, VitrineError } from '../shared/errors';
import { askServer } from './ask-server';
import type { ModelServer } from './model-server';
import { completions } from './protocols/completions';
import type { Protocol } from './protocols/protocol';
import { sglang } from './protocols/sglang';
import { tgi } from './protocols/tgi';
import { vllm } from './protocols/vllm';
import { nonsense } from './refusals';

/** What a server says of itself. */
export interface Recognised {
  /** Ways in which it may tell how probable the tokens of a text are, to be tried in this order: none where it is known not to. */
  protocols: readonly Protocol[];
  models: ServedModelName[];
  /** Where it is known that it can only go on with texts. */
  onlyContinues?: OnlyContinues;
}

export interface OnlyContinues {
  /** What it is, as people know it. */
  name: string;
  why: Sentence;
}

export interface ServedModelName {
  name: string;
  /** What the server has loaded under this name: a name at the hub, or a path there. */
  root: string | undefined;
  /** What its answers may say that it is called: a server that has it under several names has its first one in all of them. */
  signedAs: readonly string[];
  /** In tokens, what it writes among them; undefined where the server does not say. */
  contextLength: number | undefined;
}

const modelsSchema = v.object({
  data: v.array(
    v.object({
      id: v.string(),
      owned_by: v.nullish(v.string()),
      root: v.nullish(v.string()),
      max_model_len: v.nullish(v.number()),
    }),
  ),
});

const infoSchema = v.object({ model_id: v.string(), max_total_tokens: v.nullish(v.number()) });

/** By what programs sign the list of their models. */
const OWNERS: Readonly<Record<string, Pick<Recognised, 'protocols' | 'onlyContinues'>>> = {
  vllm: { protocols: [vllm] },
  sglang: { protocols: [sglang] },
  llamacpp: {
    protocols: [],
    onlyContinues: {
      name: 'llama-server',
      why: sentence`llama-server gives probabilities of the tokens that it writes, and none of a text that it reads. Vitrine opens the model’s GGUF file itself, or vLLM and SGLang serve the model with them.`,
    },
  },
  library: {
    protocols: [],
    onlyContinues: {
      name: 'Ollama',
      why: sentence`Ollama gives probabilities of the tokens that it writes, and none of a text that it reads. Vitrine opens the model’s GGUF file itself, or vLLM and SGLang serve the model with them.`,
    },
  },
};

/** @throws VitrineError of `server.*` */
export async function recognise(server: ModelServer, signal: AbortSignal): Promise<Recognised> {
  const info = await read(server, '/info', infoSchema, signal);
  if (info) {
    const { model_id, max_total_tokens } = info;
    const contextLength = max_total_tokens ?? undefined;
    return { protocols: [tgi], models: [{ name: model_id, root: model_id, signedAs: [model_id], contextLength }] };
  }
  const list = await read(server, '/v1/models', modelsSchema, signal);
  if (!list) throw nonsense(server);
  const models = list.data.map(({ id, root, max_model_len }) => ({
    name: id,
    root: root ?? undefined,
    signedAs: list.data.filter((other) => other.id === id || (root && other.root === root)).map((other) => other.id),
    contextLength: max_model_len ?? undefined,
  }));
  const owner = list.data.map(({ owned_by }) => owned_by).find((name) => name && Object.hasOwn(OWNERS, name));
  // What stands before a server may sign with another name, and passes on what it is asked.
  return { ...((owner && OWNERS[owner]) || { protocols: [vllm, completions] }), models };
}

/** Undefined where it has nothing there, or something else. */
async function read<S extends v.GenericSchema>(
  server: ModelServer,
  path: string,
  schema: S,
  signal: AbortSignal,
): Promise<v.InferOutput<S> | undefined> {
  try {
    const { success, output } = v.safeParse(schema, await askServer(server, { path, signal }));
    return success ? output : undefined;
  } catch (error) {
    const isElsewhere = error instanceof VitrineError && ['server.refused', 'server.nonsense'].includes(error.code);
    if (isElsewhere) return undefined;
    throw error;
  }
}
