import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { reasonText } from '../../display/sentences';
import { VitrineError } from '../../shared/errors';
import { ReadLines } from './read-lines';

const schema = v.object({
  runs: v.array(
    v.object({
      properties: v.object({ read: v.record(v.string(), v.array(v.string())) }),
    }),
  ),
});

/** What an earlier run has read, of the log that it has printed. @throws VitrineError `baseline.invalid` */
export async function readBaseline(path: string): Promise<ReadLines> {
  try {
    const { runs } = v.parse(schema, JSON.parse(await readFile(path, 'utf8')));
    return ReadLines.fromJSON(runs.map(({ properties }) => properties.read));
  } catch (error) {
    const isOther = error instanceof SyntaxError || v.isValiError(error);
    const reason = isOther ? 'it is no SARIF that vitrine has printed' : reasonText(error);
    throw new VitrineError(
      'baseline.invalid',
      `The baseline ${path} cannot be read: ${reason}. Give what an earlier run with --sarif has printed.`,
    );
  }
}
