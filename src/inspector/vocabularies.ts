import { visibleText } from '../display/glyphs';
import { MODEL_VOCABULARY, vocabularyName } from '../display/names';
import {
  type MergeNode,
  type NumberMapPicture,
  pairKey,
  type Vocabularies,
  type VocabularyTokens,
} from '../shared/inspector-api';
import {
  type Derivation,
  encodeInSlices,
  inSlices,
  isMerge,
  printable,
  TIKTOKEN_NAMES,
  type Tokenizer,
} from '../tokenizer';
import {
  type Language,
  layOutSum,
  numberMapSteps,
  numberReport,
  sentencesOf,
  sumSentence,
} from '../tokenizer/number-lens';

export interface VocabulariesOptions {
  /** The tokenizer of a vocabulary: `model`, or one of tiktoken's. */
  named(name: string): Promise<Tokenizer>;
  /** Of the model in use, as people say it. */
  modelName(): string;
  /** BCP 47, of what is said about numbers. */
  language: string;
}

/** What tokenizers know, which needs no engine. */
export function createVocabularies({ named, modelName, language }: VocabulariesOptions): Vocabularies {
  const labelOf = (name: string) => (name === MODEL_VOCABULARY ? modelName() : vocabularyName(name));
  const say: Language = /^es\b/.test(language) ? 'es' : 'en';
  const maps = new WeakMap<Tokenizer, Promise<NumberMapPicture>>();
  const mapOf = (tokenizer: Tokenizer) => {
    const map = maps.get(tokenizer) ?? inSlices(numberMapSteps(tokenizer));
    maps.set(tokenizer, map);
    return map;
  };

  return {
    vocabularies: async () => [MODEL_VOCABULARY, ...TIKTOKEN_NAMES].map((name) => ({ name, label: labelOf(name) })),
    tokenize: async ({ vocabulary, text }) => tokensOf(await named(vocabulary), text, vocabulary === MODEL_VOCABULARY),
    merges: async ({ vocabulary, id }) => {
      const tokenizer = await named(vocabulary);
      const tree = tokenizer.derivation(id);
      return tree && isMerge(tree) ? mergeNode(tree, tokenizer) : undefined;
    },
    mergeRanks: async ({ vocabulary, pairs }) => {
      const tokenizer = await named(vocabulary);
      const ranks = pairs.map((pair) => [pairKey(pair), tokenizer.mergeRank(...pair)] as const);
      return Object.fromEntries(ranks.filter((entry): entry is [string, number] => entry[1] !== undefined));
    },
    number: async ({ vocabulary, number }) => {
      const tokenizer = await named(vocabulary);
      const report = numberReport(tokenizer, labelOf(vocabulary), number, say, await mapOf(tokenizer));
      const { tokens, groups, notations } = report;
      return { tokens, groups, notations, sentences: sentencesOf(report, say) };
    },
    numberMap: async ({ vocabulary }) => mapOf(await named(vocabulary)),
    sum: async ({ vocabulary, sum }) => {
      const laidOut = layOutSum(await named(vocabulary), sum, say);
      const { sign, a, b, c, carries, crossings } = laidOut;
      return {
        sign,
        operands: [a, b, c],
        carries,
        crossings,
        sentence: sumSentence(labelOf(vocabulary), laidOut, say),
      };
    },
  };
}

/** @param special whether control tokens are recognised, as a model does in what it reads */
async function tokensOf(tokenizer: Tokenizer, text: string, special: boolean): Promise<VocabularyTokens> {
  const { ids, starts, ends, dropped } = await encodeInSlices(tokenizer, text, { special });
  const bytes = Object.fromEntries(
    Array.from(new Set(ids), (id) => [id, Buffer.from(tokenizer.tokenBytes(id)).toString('hex')]),
  );
  return { ids, starts, ends, bytes, dropped };
}

function mergeNode(node: Derivation, tokenizer: Tokenizer): MergeNode {
  const labelled = { id: node.id, label: visibleText(printable(tokenizer.tokenBytes(node.id))) };
  if (!isMerge(node)) return labelled;
  const [left, right] = [mergeNode(node.left, tokenizer), mergeNode(node.right, tokenizer)];
  return { ...labelled, merge: { rank: node.rank, left, right } };
}
