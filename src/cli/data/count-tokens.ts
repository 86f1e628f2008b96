import type { DatasetDocument } from '../../datasets/documents/document-source';
import type { Funnel } from '../../datasets/funnel/funnel-api';
import { textCounter } from '../../datasets/lengths/token-counter';
import { tokenSample } from '../../datasets/lengths/token-sample';
import { MODEL_VOCABULARY } from '../../display/names';
import { VitrineError } from '../../shared/errors';
import type { DataAmount } from '../../shared/filters-api';
import type { TokenTotals } from '../../shared/funnel-page-api';
import { openNamed } from '../vocabularies';

/** Looked at for an estimate: what takes about a second. */
const SAMPLE_BYTES = 2e6;
const SAMPLE_DOCUMENTS = 512;
const LEAST_DOCUMENTS = 32;

/** Tokens of a vocabulary. */
export interface CountedTokens extends TokenTotals {
  vocabulary: string;
}

/** Tokens of all documents and of those that stay, by the vocabulary of the model that comes with Vitrine; undefined where there is none. */
export async function countTokens(
  funnel: Funnel,
  { documents, bytes }: DataAmount,
): Promise<CountedTokens | undefined> {
  try {
    const { name, tokenizer } = await openNamed(MODEL_VOCABULARY);
    const counter = textCounter(tokenizer);
    const source = { count: documents, stream: (from: number, to: number) => documentsOf(funnel, from, to) };
    const many = Math.floor((SAMPLE_BYTES * documents) / Math.max(1, bytes));
    const most = Math.max(LEAST_DOCUMENTS, Math.min(SAMPLE_DOCUMENTS, many));
    const sample = await tokenSample(source, counter, new AbortController().signal, most);
    return { ...(await funnel.tokens(sample)), vocabulary: name };
  } catch (error) {
    if (error instanceof VitrineError) return undefined;
    throw error;
  }
}

async function* documentsOf(funnel: Funnel, from: number, to: number): AsyncGenerator<DatasetDocument> {
  for (let index = from; index < to; index++) {
    const [text = ''] = await funnel.texts({ indexes: [index] });
    yield { index, text, bytes: Buffer.byteLength(text), problem: undefined };
  }
}
