import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { reasonText } from '../../display/sentences';
import { VitrineError } from '../../shared/errors';
import { FINGERPRINT } from './fingerprints';

const schema = v.object({
  runs: v.array(
    v.object({
      results: v.optional(
        v.array(
          v.object({
            partialFingerprints: v.optional(v.record(v.string(), v.string()), {}),
            locations: v.optional(
              v.array(
                v.object({
                  physicalLocation: v.optional(
                    v.object({ artifactLocation: v.optional(v.object({ uri: v.optional(v.string()) })) }),
                  ),
                }),
              ),
              [],
            ),
          }),
        ),
        [],
      ),
    }),
  ),
});

/** What an earlier run has told, by the address of a file and the fingerprint of a line. */
export class Baseline {
  readonly #known: ReadonlySet<string>;

  private constructor(known: ReadonlySet<string>) {
    this.#known = known;
  }

  /** @throws VitrineError `baseline.invalid` where the file is not SARIF */
  static async read(path: string): Promise<Baseline> {
    try {
      const { runs } = v.parse(schema, JSON.parse(await readFile(path, 'utf8')));
      const results = runs.flatMap(({ results }) => results);
      const keys = results.map(({ partialFingerprints, locations }) =>
        keyOf(locations[0]?.physicalLocation?.artifactLocation?.uri, partialFingerprints[FINGERPRINT]),
      );
      return new Baseline(new Set(keys));
    } catch (error) {
      const reason = error instanceof SyntaxError || v.isValiError(error) ? 'it is no SARIF' : reasonText(error);
      throw new VitrineError(
        'baseline.invalid',
        `The baseline ${path} cannot be read: ${reason}. Give what an earlier run with --sarif has printed.`,
      );
    }
  }

  has(uri: string, fingerprint: string): boolean {
    return this.#known.has(keyOf(uri, fingerprint));
  }
}

const keyOf = (uri: string | undefined, fingerprint: string | undefined) => `${uri} ${fingerprint}`;
