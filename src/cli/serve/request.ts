import * as v from 'valibot';
import { formatBytes } from '../../display/format-bytes';
import { messageOf, VitrineError } from '../../shared/errors';
import { LONGEST_LINE } from '../lines';

/** What a request is called by: its answer has the same. */
export type Id = string | number;

const requestSchema = v.object({
  id: v.nullish(v.union([v.string(), v.number()]), null),
  method: v.string(),
  params: v.optional(v.looseObject({}), {}),
});
export type Request = v.InferOutput<typeof requestSchema>;

/** @throws VitrineError where a line is no request */
export function parseRequest(line: string | undefined): Request {
  if (line === undefined) {
    throw new VitrineError('serve.line', `This line has more than ${formatBytes(LONGEST_LINE)}. Ask for less at once.`);
  }
  try {
    // A file may begin with a byte order mark, which is white space to `trim` and none to JSON.
    return v.parse(requestSchema, JSON.parse(line.trim()));
  } catch (error) {
    throw new VitrineError(
      'serve.request',
      `This line is no request (${messageOf(error)}). Write {"id": 1, "method": "forward", "params": {"text": "…"}} in one line.`,
    );
  }
}

/** What a line that is no request calls itself, so that whoever wrote it can tell which one it was. */
export function idOf(line: string | undefined): Id | null {
  try {
    return v.parse(v.object({ id: requestSchema.entries.id }), JSON.parse(line?.trim() ?? '')).id;
  } catch {
    // Python writes NaN, which is no JSON: whoever waits for an answer to this id still gets one.
    const id = /^\s*\{\s*"id"\s*:\s*(-?\d+|"[^"\\]*")\s*[,}]/.exec(line ?? '')?.[1];
    return id === undefined ? null : JSON.parse(id);
  }
}
