import { sentence, VitrineError } from '../../shared/errors';
import type { Tokenizer } from '../../tokenizer';
import { reencoder } from './categories';

/** Where the token comes. */
const HOLE = '{token}';
/** Words that are tried as a placeholder at most. */
const MOST_TRIED = 200;

interface Prompt {
  name: string;
  /** How often the question and its answer come before the question. */
  shots: number;
  start: string;
  question: string;
  answer: string;
}

/** The prompts of Land and Bartolo 2024, arXiv 2405.05417: a model that knows a token repeats it. */
const PROMPTS: readonly Prompt[] = [
  {
    name: 'repeat',
    shots: 20,
    start: 'This device repeats its input exactly, as shown in these 100 identical trials.',
    question: `\nInput: «${HOLE}»\nOutput:`,
    answer: ` «${HOLE}»`,
  },
  {
    name: 'explain',
    shots: 0,
    start:
      'This helpful assistant explains what a phrase means, replying with identical responses to identical questions for reliability.',
    question: `\nUser: What does 'edslfkj' mean?\nAssistant: 'edslfkj' has no specific meaning I am aware of.\nUser: what does '${HOLE}' mean?\nAssistant:`,
    answer: ` '${HOLE}'`,
  },
  {
    name: 'series',
    shots: 50,
    start: "Below is the output, as you can see it's just giving the same phrase repeated indefinitely:\n",
    question: HOLE,
    answer: HOLE,
  },
];

export interface PromptTokens {
  name: string;
  /** The tokens of the prompt with a token in its holes. */
  with(token: number): number[];
}

/**
 * The prompts as tokens. They are written with a word that stays one token in them, whose id then gives way to another: a
 * token that no text becomes can be asked for as well.
 *
 * @throws VitrineError `undertrained.prompts` where the vocabulary has no such word
 */
export function promptsFor(tokenizer: Tokenizer): PromptTokens[] {
  for (const placeholder of placeholders(tokenizer)) {
    const prompts = PROMPTS.map((prompt) => tokensOf(prompt, tokenizer, placeholder));
    const holesOf = (ids: readonly number[]) => ids.filter((id) => id === placeholder).length;
    if (!prompts.every((ids, i) => holesOf(ids) === 2 * (PROMPTS[i] as Prompt).shots + 1)) continue;
    return prompts.map((ids, i) => ({
      name: (PROMPTS[i] as Prompt).name,
      with: (token) => ids.map((id) => (id === placeholder ? token : id)),
    }));
  }
  throw new VitrineError(
    'undertrained.prompts',
    sentence`The vocabulary of ${tokenizer.name} has no word that stays one token wherever it stands, with which the prompts of this test are written. Choose another model.`,
  );
}

function tokensOf({ shots, start, question, answer }: Prompt, tokenizer: Tokenizer, placeholder: number): number[] {
  const begun = answer.slice(0, answer.indexOf(HOLE));
  const text = start + (question + answer).repeat(shots) + question + begun;
  const { ids } = tokenizer.encode(text.replaceAll(HOLE, tokenizer.tokenText(placeholder)));
  return [...tokenizer.begin, ...ids];
}

/** Words of many different letters, the longest first, that stay two tokens where they are written twice. */
function placeholders(tokenizer: Tokenizer): number[] {
  const reencode = reencoder(tokenizer);
  const words: { id: number; text: string; letters: number }[] = [];
  for (let id = 0; id < tokenizer.size; id++) {
    const text = tokenizer.hasText(id) ? tokenizer.tokenText(id) : '';
    if (/^\p{L}+$/u.test(text) && !tokenizer.isAdded(id)) words.push({ id, text, letters: new Set(text).size });
  }
  words.sort((a, b) => b.letters - a.letters || b.text.length - a.text.length);
  const staysTwo = (id: number, text: string) => {
    const ids = reencode(text + text);
    return ids.length === 2 && ids.every((other) => other === id);
  };
  return words
    .slice(0, MOST_TRIED)
    .filter(({ id, text }) => staysTwo(id, text))
    .map(({ id }) => id);
}
