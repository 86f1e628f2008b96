import type { ChatMessage, RenderedChat } from '../shared/chat';
import { headerOf, withoutOwnPrompt } from './first-message';
import { type Rendering, Template } from './jinja/template';
import { TemplateError, TemplateRefusal } from './jinja/template-error';
import { fromJson, type List, type Value } from './jinja/values';
import { messagesOf } from './render-messages';
import { piecesOf, type RenderedPiece } from './render-pieces';
import { isAnswer, scoredRanges } from './scored';

/** What a thread is asked to render. */
export interface RenderJob {
  template: string;
  /** What stands beside the messages: special tokens, tools, documents and what a person gives. */
  variables: Readonly<Record<string, unknown>>;
  messages: readonly Pick<ChatMessage, 'role' | 'content' | 'fields'>[];
  addGenerationPrompt: boolean;
  /** Milliseconds since 1970: the time that the template may write. */
  time: number;
  /** The messages that training counts. */
  scored: readonly number[];
}

export interface JobResult {
  text: string;
  /** All of the text, in order. */
  pieces: RenderedPiece[];
  scored: { start: number; end: number }[];
  scoredBy: RenderedChat['scoredBy'];
}

/** What went wrong: a template's own words, or what it does, which goes on after “The chat template”. */
export type JobFailure = { refusal: string } | { error: string };

/** Templates of which others are often rendered next. */
const KEPT = 8;
const templates = new Map<string, Template>();

/** Renders in this thread. */
export function runJob(job: RenderJob): JobResult | JobFailure {
  try {
    return render(templateOf(job.template), job);
  } catch (error) {
    if (error instanceof TemplateRefusal) return { refusal: error.message };
    if (error instanceof TemplateError) return { error: error.message };
    throw error;
  }
}

function render(template: Template, job: RenderJob): JobResult {
  const messages = messagesOf(job.messages, template.takesParts);
  const variables = Object.entries(job.variables).map(([name, value]): [string, Value] => [name, fromJson(value)]);
  const renderingOf = (some: List, addGenerationPrompt: boolean) => {
    const asked = new Map<string, Value>([
      ['tools', null],
      ['documents', null],
      ...variables,
      ['messages', some],
      ['add_generation_prompt', addGenerationPrompt],
    ]);
    return template.run(asked, new Date(job.time));
  };
  const whole = renderingOf(messages(job.messages.length), job.addGenerationPrompt);
  const header = firstHeader(job.messages, (some) =>
    renderingOf(messagesOf(some, template.takesParts)(some.length), false),
  );
  const pieces = withoutOwnPrompt(piecesOf(whole.pieces), whole.text.value, header);
  const prefix = (count: number, prompt: boolean) => renderingOf(messages(count), prompt).text.value;
  const unscored = job.messages.flatMap((message, i) => (isAnswer(message) && !job.scored.includes(i) ? [i] : []));
  const { ranges, scoredBy } = scoredRanges(
    { scored: job.scored, unscored },
    whole,
    pieces,
    prefix,
    template.marksAnswers,
  );
  return { text: whole.text.value, pieces, scored: ranges, scoredBy };
}

const ANSWER = { role: 'assistant', content: '-', fields: { role: 'assistant', content: '-' } };

/**
 * What the template writes before the first message where that is not the first; undefined where it refuses. A system message
 * takes the place of what the template would have written.
 */
function firstHeader(
  [first]: RenderJob['messages'],
  renderingOf: (messages: RenderJob['messages']) => Rendering,
): string | undefined {
  if (!first || first.role === 'system') return undefined;
  try {
    const { pieces, text } = renderingOf([first, ANSWER, first]);
    return headerOf(2, piecesOf(pieces), text.value);
  } catch (error) {
    if (error instanceof TemplateError || error instanceof TemplateRefusal) return undefined;
    throw error;
  }
}

function templateOf(source: string): Template {
  const known = templates.get(source) ?? new Template(source);
  templates.delete(source);
  templates.set(source, known);
  const [oldest] = templates.keys();
  if (templates.size > KEPT && oldest !== undefined) templates.delete(oldest);
  return known;
}
