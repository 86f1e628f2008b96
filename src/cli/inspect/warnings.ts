import { visibleText } from '../../display/glyphs';
import { formatQuantity } from '../../display/numbers';
import type { Inspection } from './inspection';

const MOST_EXAMPLES = 5;

/** What the model did not see of the text, in sentences. */
export function warningsOf({ text, trace, model }: Inspection): string[] {
  const warnings: string[] = [];
  if (trace.cut > 0) {
    warnings.push(
      `The text is longer than the context of ${model.name}: its first ${formatQuantity(trace.cut, 'token')} were left out, the last ${formatQuantity(trace.ids.length, 'token')} were read.`,
    );
  }
  if (trace.dropped.length > 0) {
    const characters = trace.dropped.flatMap(({ start, end }) => [...text.slice(start, end)]);
    const examples = [...new Set(characters)].slice(0, MOST_EXAMPLES).map(visibleText).join(' ');
    warnings.push(
      `The model does not see ${formatQuantity(characters.length, 'character')} of the text, which its vocabulary lacks: ${examples}`,
    );
  }
  return warnings;
}
