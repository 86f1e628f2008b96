import type { Capabilities } from '../../shared/capabilities';
import type { ModelInfo, ServerInfo } from '../../shared/engine-api';

interface ServedJson {
  server?: ServerInfo;
  capabilities?: Capabilities;
  rankLimit?: number;
  isEntropyBound?: boolean;
}

/**
 * What the JSON says of a model on a server beside its numbers: where it runs, what it gives, and which numbers are bounds.
 * Nothing of a model on this machine.
 */
export function servedJson({ server, capabilities }: ModelInfo, rankLimit: number | undefined): ServedJson {
  if (!server) return {};
  const limit = rankLimit === undefined || capabilities.ranks === 'none' ? {} : { rankLimit };
  return { server, capabilities, ...limit, ...(capabilities.entropy === 'bound' && { isEntropyBound: true }) };
}
