import { sentence, VitrineError } from '../shared/errors';
import { ask, type Waiting } from './ask';
import type { Hub } from './hub';
import type { HubFile, Repository } from './repository';

/** A file of the hub, and what is known to whoever fetches it. */
export interface Source extends Waiting {
  hub: Hub;
  repository: Repository;
  file: HubFile;
}

/** What the hub sends of a file from one of its bytes on, or from the first where it only sends the whole. */
export async function* chunksFrom(
  source: Source,
  from: number,
): AsyncGenerator<{ chunk: Uint8Array; position: number }> {
  const { hub, repository, file, signal, onPause } = source;
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const { response, chunks } = await ask(
    hub,
    `${hub.endpoint}/${repository.name}/resolve/${repository.revision}/${path}`,
    {
      subject: { repository: repository.name, gated: repository.gated, path: file.path },
      // A packed answer could not be gone on with.
      headers: { range: `bytes=${from}-`, 'accept-encoding': 'identity' },
      signal,
      onPause,
    },
  );
  let position = response.status === 206 ? from : 0;
  if (!saysLength(response, from, file.bytes)) {
    await response.body?.cancel().catch(() => {});
    throw wrongLength(source);
  }
  for await (const chunk of chunks) {
    if (position + chunk.length > file.bytes) throw wrongLength(source);
    yield { chunk, position };
    position += chunk.length;
  }
}

/** Whether an answer, by its headers, has what was asked for of a file of so many bytes. */
function saysLength({ status, headers }: Response, from: number, bytes: number): boolean {
  if (status !== 206) return Number(headers.get('content-length') ?? bytes) === bytes;
  const [, start, total = '*'] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
  return Number(start) === from && (total === '*' || Number(total) === bytes);
}

export function wrongLength({ hub: { host }, file: { path, bytes } }: Source): VitrineError {
  return new VitrineError(
    'hub.length',
    sentence`${path} has ${{ bytes }}, as ${host} says itself, and it sends another length. Try again later.`,
  );
}
