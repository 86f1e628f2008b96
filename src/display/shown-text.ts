import type { Subject } from '../shared/inspector-api';

/** From the first to the last character that is shown, and where in the subject's text that starts. */
export function shownText(subject: Subject | undefined): { text: string; start: number } {
  if (!subject) return { text: '', start: 0 };
  const start = subject.shown[0]?.start ?? 0;
  const end = subject.shown.at(-1)?.end ?? subject.text.length;
  return { text: subject.text.slice(start, end), start };
}
