import { provenanceOf } from '../../recording/provenance';
import type { TriedHeads } from './try-heads';

/** What `--json` prints, as docs/json.md documents it. */
export function triedHeadsJson({ model, token, against, ...tried }: TriedHeads): object {
  const named = ({ id, text }: TriedHeads['token']) => ({ id, text });
  const { heads, logprobs, ...asked } = tried;
  return {
    model: model.name,
    provenance: provenanceOf(model, []),
    ...asked,
    token: named(token),
    against: named(against),
    logprobs,
    heads,
  };
}
