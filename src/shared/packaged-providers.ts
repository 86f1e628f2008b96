import type { Provider } from './request-fields';

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

/**
 * Providers that a platform's package has; whether one works on a machine shows when it is used.
 *
 * @param platform as Node names it, with the architecture: `linux-x64`
 */
export function packagedProvidersOf(platform: string): readonly NamedProvider[] {
  return PACKAGED[platform] ?? ['cpu'];
}
