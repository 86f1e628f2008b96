import { messageOf, type Sentence, sentence, VitrineError } from '../../shared/errors';
import { type NamedProvider, packagedProvidersOf } from '../../shared/packaged-providers';

export type { NamedProvider };

/** Providers that this platform's package has; whether one works here shows when it is used. */
export function packagedProviders(platform: string = process.platform, arch: string = process.arch) {
  return packagedProvidersOf(`${platform}-${arch}`);
}

/** The error of a provider that was asked for by name and cannot be had; `cause` is the runtime's, where it was asked. */
export function providerMissing(provider: NamedProvider, cause?: unknown): VitrineError {
  const here = `${process.platform}-${process.arch}`;
  const others = packagedProviders().filter((one) => one !== provider);
  const problem =
    cause === undefined
      ? sentence`is not in the runtime's package for ${here}`
      : sentence`does not work on this machine (${runtimeReason(cause)})`;
  return new VitrineError(
    'provider.missing',
    sentence`The execution provider '${provider}' ${problem}. The package for ${here} has ${all(packagedProviders())}. Choose ${oneOf(others)}, or auto.`,
    { cause },
  );
}

/** What of an error of the runtime is for people: of `file:line function condition was false. Reason` the reason. */
export function runtimeReason(error: unknown): string {
  const [line = ''] = messageOf(error)
    .replace(/^.* was false\. /s, '')
    .split('\n');
  return line.replace(/\.$/, '');
}

/** `cpu and webgpu`, with what cuda needs. */
function all(providers: readonly NamedProvider[]): string | Sentence {
  return listOf(
    providers.map((name) => (name === 'cuda' ? sentence`cuda (after a download: see docs/models.md)` : name)),
    (others, last) => sentence`${others} and ${last}`,
  );
}

/** `cpu or webgpu`. */
function oneOf(providers: readonly NamedProvider[]): string | Sentence {
  return listOf(providers, (others, last) => sentence`${others} or ${last}`);
}

function listOf(
  names: readonly (string | Sentence)[],
  join: (others: string | Sentence, last: string | Sentence) => Sentence,
): string | Sentence {
  const last = names.at(-1) ?? '';
  if (names.length < 2) return last;
  return join(
    names.slice(0, -1).reduce((list, name) => sentence`${list}, ${name}`),
    last,
  );
}
