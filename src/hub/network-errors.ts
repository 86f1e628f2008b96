import { sentence, VitrineError } from '../shared/errors';
import { networkReason } from '../shared/network-reason';
import type { Hub } from './hub';

/** What is told where the hub cannot be reached, or no longer. @param error what `fetch`, or a body of it, threw */
export function unreachable({ host }: Hub, error: unknown): VitrineError {
  return new VitrineError(
    'hub.unreachable',
    sentence`${host} cannot be reached: ${networkReason(error)}. Check the network, and the proxy where there is one. What has come is kept: the same again goes on from there.`,
    { cause: error },
  );
}

/** What is told where nothing comes any more. @param milliseconds for how long */
export function silent({ host }: Hub, milliseconds: number): VitrineError {
  return new VitrineError(
    'hub.silent',
    sentence`${host} has sent nothing for ${Math.round(milliseconds / 1000)} seconds. What has come is kept: the same again goes on from there.`,
  );
}
