import { readChatTemplate } from '../../model/checkpoint/model-chat-template';
import { readVocabulary } from '../../model/checkpoint/model-vocabulary';
import { isLoopback, modelServer } from '../../remote/model-server';
import { changed } from '../../remote/refusals';
import { startServedEngine } from '../../remote/start-served-engine';
import type { ModelInfo } from '../../shared/engine-api';
import type { ServedForm } from '../engine/model-choice';
import { type Ask, askingFirst } from './asking-first';
import type { Receiver } from './consents';
import type { ServerEntry } from './server-entry';
import type { ServerKeys } from './server-keys';
import type { ServerTraffic } from './server-traffic';

/** A model of a server that a person has chosen, and where its tokenizer is on this machine. */
export interface ChosenEntry extends ServerEntry {
  model: string;
  /** The path of a file or a folder; undefined where the server makes the tokens of texts. */
  tokenizer: string | undefined;
}

export interface ServedFormOptions {
  entry: ChosenEntry;
  keys: ServerKeys;
  traffic: ServerTraffic;
  /** Asks a person before a text is sent. */
  ask: Ask;
  allowBackground: ServedForm['allowBackground'];
  /** Where it is kept how models of servers are known again. */
  folder: string | undefined;
}

/** Where the texts go. @throws VitrineError `server.address`, `server.insecure` */
export function receiverOf({ address, model }: ChosenEntry): Receiver {
  const server = modelServer({ address, fetch });
  return { address: server.address, host: server.host, model, isLoopback: isLoopback(new URL(server.address)) };
}

/**
 * How a model of a server is connected to, now and whenever the engine starts anew: then it has to be the one that it was, until
 * somebody chooses it again.
 */
export function servedForm({ entry, keys, traffic, ask, allowBackground, folder }: ServedFormOptions): ServedForm {
  let first: ModelInfo | undefined;
  const asBefore = (model: ModelInfo): ModelInfo => {
    first ??= model;
    if (first.sha256 !== model.sha256) throw changed({ host: model.provider }, model.name);
    return model;
  };
  const chatTemplate = async () => (entry.tokenizer === undefined ? undefined : readChatTemplate(entry.tokenizer));
  return {
    kind: 'served',
    start(onProgress) {
      const { address, model, tokenizer, windowTokens } = entry;
      const started = startServedEngine({
        server: async () => modelServer({ address, key: await keys.of(address), fetch: traffic.fetch }),
        model,
        vocabulary: async () => (tokenizer === undefined ? undefined : readVocabulary(tokenizer)),
        folder,
        windowTokens,
        onProgress,
      });
      const engine = {
        ...askingFirst(started.engine, ask, traffic, tokenizer === undefined),
        chatTemplate,
        pid: undefined,
      };
      return { engine, model: started.model.then(asBefore) };
    },
    chatTemplate,
    allowBackground,
  };
}
