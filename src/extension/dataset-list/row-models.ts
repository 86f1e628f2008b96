import { createHash } from 'node:crypto';
import { renderChat } from '../../chat/render';
import type { TextModel } from '../../datasets/funnel/bits-per-byte';
import type { ReadConversation, RowModel, RowModels } from '../../datasets/scores/row-model';
import { shortModelName } from '../../display/names';
import type { Engine } from '../../engine/client';
import type { ChatTemplate, Conversation } from '../../shared/chat';
import { sentence, VitrineError } from '../../shared/errors';
import { scoredTokens } from '../../shared/rendered-tokens';
import { changesKey, interventionsOf } from '../../shared/steering';
import { createTokenizerInSlices, encodeInSlices, type Tokenizer } from '../../tokenizer';
import { modelKeyOf, readingLimitsOf } from '../../workspace/file-model';
import type { EngineGate } from '../background/engine-gate';
import { scoreInBackground } from '../background/score-in-background';
import type { ComparedModel, Comparison } from '../comparison/comparison';
import type { ReadyEngine } from '../engine/engine-host';
import type { BackgroundSize } from '../engine/model-choice';
import { isCancellation } from '../show-error';

/** What an engine's model brings beside its weights. */
interface ModelTexts {
  tokenizer: Tokenizer;
  /** Another for another vocabulary. */
  vocabulary: string;
  /** Undefined of a model that was not made for chats. */
  template: ChatTemplate | undefined;
}

/** The model in use and the one that it is held against, as those that read rows of data sets. */
export class DatasetModels {
  readonly #comparison: Comparison;
  readonly #gate: EngineGate;
  readonly #texts = new WeakMap<Engine, Promise<ModelTexts>>();

  constructor(comparison: Comparison, gate: EngineGate) {
    this.#comparison = comparison;
    this.#gate = gate;
  }

  /** Loads them where they are not. @param size of what they will read @throws VitrineError */
  async load(size: BackgroundSize): Promise<RowModels> {
    const { a, b } = this.#comparison;
    for (const model of [a, b]) if (model) await allow(model, size);
    const models = { a: await this.#model(a), b: b && (await this.#model(b)) };
    const { state } = this.#comparison;
    if (!models.b || !state) return models;
    return { a: { ...models.a, label: state.a.label }, b: { ...models.b, label: state.b.label } };
  }

  /** The model in use, to read beginnings of documents. @throws VitrineError */
  async textModel(size: BackgroundSize): Promise<TextModel> {
    const { a } = this.#comparison;
    await allow(a, size);
    const { tokenizer } = await this.#textsOf(await a.host.use());
    const { key, contextLength, parallel, score } = await this.#model(a);
    return {
      key: JSON.stringify(['bits per byte', key]),
      contextLength,
      parallel,
      begin: tokenizer.begin,
      encode: (text) => tokenizer.encode(text, { special: false }),
      score,
    };
  }

  /** Another text for other models, or the same with something else changed in them. */
  get key(): string {
    const { a, b } = this.#comparison;
    return JSON.stringify([a, b].map((model) => model && [model.host.model?.sha256, changesKey(model.changes())]));
  }

  async #model(compared: ComparedModel): Promise<RowModel> {
    const { host } = compared;
    const ready = await host.use();
    const changes = compared.changes();
    const { tokenizer, vocabulary, template } = await this.#textsOf(ready);
    const { name, contextLength } = ready.model;
    return {
      label: shortModelName(name),
      key: modelKeyOf(ready.model, changesKey(changes)),
      vocabulary,
      contextLength,
      parallel: readingLimitsOf(ready.model).parallel,
      read: async (conversation, signal) => {
        if (!template) throw noTemplate(shortModelName(name));
        return readConversation(conversation, template, tokenizer, signal);
      },
      readText: (text) => readText(text, tokenizer),
      score: async (ids, signal) => {
        const request = { ids: [...ids], ...interventionsOf(changes) };
        return (await scoreInBackground(host, this.#gate, modelKeyOf(ready.model), request, signal)).logprob;
      },
    };
  }

  #textsOf({ engine }: ReadyEngine): Promise<ModelTexts> {
    const known = this.#texts.get(engine) ?? readTexts(engine);
    this.#texts.set(engine, known);
    known.catch(() => this.#texts.delete(engine));
    return known;
  }
}

/** Asks a person where rows would go to a server. @throws VitrineError `dataset.consent` where they say no */
async function allow({ host }: ComparedModel, size: BackgroundSize): Promise<void> {
  try {
    await host.allowBackground(size);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    throw new VitrineError(
      'dataset.consent',
      sentence`No row was sent to the server, so its model reads none. Begin it anew to be asked again, or use a model on this machine.`,
    );
  }
}

async function readTexts(engine: Engine): Promise<ModelTexts> {
  const template = await engine.chatTemplate({});
  const specification = await engine.vocabulary({});
  const vocabulary = createHash('sha256').update(JSON.stringify(specification)).digest('hex');
  return { template, vocabulary, tokenizer: await createTokenizerInSlices(specification) };
}

const noTemplate = (name: string) =>
  new VitrineError(
    'dataset.noTemplate',
    sentence`${name} has no chat template, so nothing says how it reads a conversation. Choose a model that was made for chats.`,
  );

/** The template writes what stands before a text, so that the tokenizer adds nothing. */
async function readConversation(
  conversation: Conversation,
  template: ChatTemplate,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<ReadConversation> {
  const rendered = await renderChat(template, conversation, { signal });
  const { ids, ...places } = tokenizer.encode(rendered.text, { special: true });
  return { text: rendered.text, ids, isScored: scoredTokens(rendered.parts, places) };
}

/** With what the model wants before every text; names of control tokens in it are text. */
async function readText(text: string, tokenizer: Tokenizer): Promise<ReadConversation> {
  const { ids: own } = await encodeInSlices(tokenizer, text, { special: false });
  const ids = Uint32Array.from([...tokenizer.begin, ...own]);
  const before = Math.max(1, tokenizer.begin.length);
  return { text, ids, isScored: Uint8Array.from(ids, (_, i) => (i >= before ? 1 : 0)) };
}
