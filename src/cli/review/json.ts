import { provenanceOf } from '../../recording/provenance';
import { jsonPieces } from '../json-pieces';
import type { Reviewed } from './read-review';

/** What `--json` prints, as docs/json.md documents it; NaN is null. */
export function* reviewJson({ model, scope, review }: Reviewed): Generator<string> {
  const hunks = review.ranked.map(({ addedTokens: _, removedTokens: __, newTokens: ___, ...hunk }) => hunk);
  yield* jsonPieces({ model: model.name, provenance: provenanceOf(model, []), scope, hunks, notRead: review.leftOut });
  yield '\n';
}
