/** Methods that train on what people prefer, as they are written. */
const METHODS = ['DPO', 'ORPO', 'KTO', 'RLHF', 'PPO', 'GRPO', 'IPO', 'SimPO'] as const;

const WORD = new RegExp(`(?<![\\p{L}])(${METHODS.join('|')})(?![\\p{L}])`, 'iu');

/**
 * The word by which a model says that it was trained on people's preferences: a word of its own in its tags, its name or the
 * names of its datasets. Undefined where it does not say so, which proves nothing.
 */
export function preferenceTraining(texts: Iterable<string>): string | undefined {
  for (const text of texts) {
    const found = WORD.exec(text)?.[1]?.toLowerCase();
    if (found !== undefined) return METHODS.find((method) => method.toLowerCase() === found);
  }
  return undefined;
}
