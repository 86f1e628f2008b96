import type { Provider } from '../../shared/engine-api';
import { messageOf, VitrineError } from '../../shared/errors';

/** A provider that runs, as opposed to `auto`, which chooses one. */
export type NamedProvider = Exclude<Provider, 'auto'>;

/** What onnxruntime-node's package has for each platform. */
const PACKAGED: Readonly<Record<string, readonly NamedProvider[]>> = {
  'linux-x64': ['cpu', 'webgpu', 'cuda'],
  'linux-arm64': ['cpu'],
  'darwin-arm64': ['cpu', 'webgpu', 'coreml'],
  'win32-x64': ['cpu', 'webgpu', 'dml'],
  'win32-arm64': ['cpu', 'webgpu', 'dml'],
};

/** Providers that this platform's package has; whether one works here shows when it is used. */
export function packagedProviders(platform: string = process.platform, arch: string = process.arch) {
  return PACKAGED[`${platform}-${arch}`] ?? ['cpu'];
}

/** The error of a provider that was asked for by name and cannot be had; `cause` is the runtime's, where it was asked. */
export function providerMissing(provider: NamedProvider, cause?: unknown): VitrineError {
  const here = `${process.platform}-${process.arch}`;
  const others = packagedProviders().filter((one) => one !== provider);
  const problem =
    cause === undefined
      ? `is not in the runtime's package for ${here}`
      : `does not work on this machine (${runtimeReason(cause)})`;
  return new VitrineError(
    'provider.missing',
    `The execution provider '${provider}' ${problem}. The package for ${here} has ${listOf(packagedProviders())}. Choose ${listOf(others, 'or')}, or auto.`,
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

const CUDA_NOTE = 'cuda (after a download: see the README)';

function listOf(providers: readonly NamedProvider[], conjunction = 'and'): string {
  const names = providers.map((provider) => (provider === 'cuda' && conjunction === 'and' ? CUDA_NOTE : provider));
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} ${conjunction} ${names.at(-1)}`;
}
