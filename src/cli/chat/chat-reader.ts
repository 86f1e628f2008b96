import { basename } from 'node:path';
import { defaultModel, defaultModelPath } from '../../../models/catalogue';
import { type CountsByRole, countsByRole } from '../../chat/counts-by-role';
import { renderChat } from '../../chat/render';
import { readChatTemplate, readModelChatTemplate } from '../../model/checkpoint/model-chat-template';
import { readModelVocabulary, readVocabulary } from '../../model/checkpoint/model-vocabulary';
import type { ChatTemplate, Conversation, RenderedChat, RenderedPart } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import { partsOfTokens, scoredTokens } from '../../shared/rendered-tokens';
import type { Tokenization, VocabularySpecification } from '../../shared/tokens';
import { createTokenizer, type Tokenizer } from '../../tokenizer';
import { isServed, type ServedOptions } from '../served/served-options';
import { namedVocabulary } from '../served/vocabulary';
import type { ModelOptions } from '../session';

/** What of a model says how it reads a conversation: its chat template and its vocabulary, from the header of its file. */
export interface ChatReader {
  /** Of the model. */
  name: string;
  template: ChatTemplate;
  tokenizer: Tokenizer;
  addGenerationPrompt: boolean;
}

/** A conversation as a model reads it. */
export interface ReadChat {
  conversation: Conversation;
  rendered: RenderedChat;
  /** The template writes what stands before a text: nothing is put before it. */
  tokens: Tokenization;
  /** Of each token: the part of the prompt that it belongs to, and whether training counts it, 1 or 0. */
  parts: readonly RenderedPart[];
  isScored: Uint8Array;
  counts: CountsByRole;
}

/** @throws VitrineError `chat.noTemplate` where the model has no template, and what reading its file throws */
export async function openChatReader(options: ModelOptions, addGenerationPrompt: boolean): Promise<ChatReader> {
  const { name, template, vocabulary } = await (isServed(options) ? readServedHeader(options) : readHeader(options));
  if (!template) {
    throw new VitrineError(
      'chat.noTemplate',
      `${name} has no chat template, so nothing says how it reads a chat. Take a model that was made for chats: their names often end in "Instruct" or "it".`,
    );
  }
  return { name, template, tokenizer: createTokenizer(vocabulary), addGenerationPrompt };
}

interface Header {
  name: string;
  template: ChatTemplate | undefined;
  vocabulary: VocabularySpecification;
}

async function readHeader({ model, adapter }: ModelOptions): Promise<Header> {
  const path = model ?? defaultModelPath();
  const { name, vocabulary } = await readModelVocabulary(path, adapter);
  const template = await readModelChatTemplate(path, adapter);
  return { name: model === undefined ? defaultModel.name : name || basename(path), template, vocabulary };
}

/** Of a model on a server, from where its vocabulary is on this machine. */
async function readServedHeader(options: ServedOptions): Promise<Header> {
  const { name, path } = await namedVocabulary(options);
  return { name, template: await readChatTemplate(path), vocabulary: await readVocabulary(path) };
}

/** @throws VitrineError as `renderChat` does */
export async function readChat(
  { template, tokenizer, addGenerationPrompt }: ChatReader,
  conversation: Conversation,
): Promise<ReadChat> {
  const rendered = await renderChat(template, conversation, { addGenerationPrompt });
  const tokens = tokenizer.encode(rendered.text, { special: true });
  return {
    conversation,
    rendered,
    tokens,
    parts: partsOfTokens(rendered.parts, tokens),
    isScored: scoredTokens(rendered.parts, tokens),
    counts: countsByRole(rendered.parts, tokens),
  };
}
