import { render } from '../../display/sentences';
import type { RecordedText } from '../../recording/recording';
import { type Sentence, sentence } from '../../shared/errors';
import type { InspectorState, Lenses, Runs } from '../../shared/inspector-api';

/** What the Compare view begins with. */
const EXAMPLES: readonly Sentence[] = [sentence`The mouse ate the cheese.`, sentence`The cheese ate the mouse.`];

export function comparedTexts({ viewRequest }: InspectorState, translations: Record<string, string>): string[] {
  const translate = (text: string) => translations[text] ?? text;
  return [...EXAMPLES.map((example) => render(example, translate)), ...(viewRequest.texts ?? [])];
}

/** A text as the model reads it alone, and how probable it finds each token. */
export async function recordText(
  { lenses, runs }: { lenses: Lenses; runs: Runs },
  task: number,
  text: string,
): Promise<RecordedText> {
  const { trace, ids, starts, ends } = await runs.forward({ task, text });
  const predictions = await lenses.predictions({ trace, from: 0, to: ids.length, topK: 1 });
  return { text, read: { ids, starts, ends }, predictions };
}
