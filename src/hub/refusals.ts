import { type Sentence, sentence, VitrineError } from '../shared/errors';
import type { Hub } from './hub';

/** What a refusal is about: a model, or a file of it. */
export interface Subject {
  /** OWNER/NAME */
  repository: string;
  /** Whether its makers give it only to those who have accepted their terms. */
  gated?: boolean;
  path?: string;
}

/**
 * What is told where the hub answers with anything but success. `X-Error-Code` tells apart what has one status: the hub says
 * 401 of a model that does not exist as well, so that private ones are not given away.
 */
export function refusalOf(hub: Hub, { status, headers }: Response, subject: Subject): VitrineError {
  const code = headers.get('x-error-code') ?? '';
  if (code === 'GatedRepo' || (subject.gated && (status === 401 || status === 403))) return gated(hub, subject);
  if (code === 'EntryNotFound' || (status === 404 && subject.path !== undefined)) return noFile(hub, subject);
  if (status === 404 || code === 'RepoNotFound' || (status === 401 && !hub.token)) return noModel(hub, subject);
  if (status === 401) return tokenRefused(hub);
  if (status === 429) return busy(hub);
  return failed(hub, status);
}

/** Where a person reads about a model, and accepts its terms. */
export const pageOf = ({ endpoint }: Hub, repository: string): string => `${endpoint}/${repository}`;

/** Where tokens are made. */
const tokenPageOf = ({ endpoint }: Hub): string => `${endpoint}/settings/tokens`;

export function gated(hub: Hub, { repository }: Subject): VitrineError {
  const page = pageOf(hub, repository);
  return new VitrineError(
    'hub.gated',
    hub.token
      ? sentence`The makers of ${repository} give it to those who have accepted their terms, and the account of your token has not, or its token may not read such models. Accept them on ${page}, then try again.`
      : sentence`The makers of ${repository} give it to those who have accepted their terms. Accept them on ${page}, make a token on ${tokenPageOf(hub)} and set the environment variable HF_TOKEN to it.`,
  );
}

function noModel({ host, token }: Hub, { repository }: Subject): VitrineError {
  return new VitrineError(
    'hub.noModel',
    token
      ? sentence`${host} has no model ${repository} that your token may read. Check the name.`
      : sentence`${host} has no model ${repository}, or not for everybody. Check the name; for a private one set HF_TOKEN.`,
  );
}

function noFile({ host }: Hub, { repository, path = '' }: Subject): VitrineError {
  return new VitrineError(
    'hub.noFile',
    sentence`${host} lists ${path} of ${repository}, and does not have it. Try again later.`,
  );
}

function tokenRefused(hub: Hub): VitrineError {
  return new VitrineError(
    'hub.token',
    sentence`${hub.host} does not know your token, or no longer. Make another on ${tokenPageOf(hub)} and set HF_TOKEN to it, or take it away.`,
  );
}

function busy({ host }: Hub): VitrineError {
  return new VitrineError(
    'hub.busy',
    sentence`${host} has been asked too much from here. Wait some minutes, then try again: what has come is kept.`,
  );
}

function failed({ host }: Hub, status: number): VitrineError {
  return new VitrineError(
    'hub.failed',
    sentence`${host} answers with the error ${String(status)}. Try again later: what has come is kept.`,
  );
}

/** What the hub says makes no sense. @param what a clause */
export function nonsense({ host }: Hub, what: Sentence): VitrineError {
  return new VitrineError(
    'hub.answer',
    sentence`What ${host} answers is no answer of such a hub (${what}). Check HF_ENDPOINT, and the proxy where there is one.`,
  );
}
