import { readdirSync, readlinkSync, statSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { dependencies } from '../../../package.json';

/** Where drivers are installed; an update changes the folder's time. macOS brings its drivers with the system. */
const DRIVER_FOLDERS: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/share/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/etc/vulkan/icd.d'],
  win32: [`${process.env.SystemRoot}\\System32\\DriverStore\\FileRepository`],
};

/** Devices through which a process on Linux reaches a GPU: the kernel's render nodes, NVIDIA's own, and WSL's. */
const GPU_DEVICE = /^\/dev\/(dri\/renderD\d+|nvidia\d+|dxg)$/;

/** What a provider's speed depends on beside the model. With another system, processor, GPU, driver or runtime it is tried anew. */
export function machineKey(): string {
  return [
    process.platform,
    process.arch,
    release(),
    cpus()[0]?.model ?? '',
    `onnxruntime ${dependencies['onnxruntime-node']}`,
    ...gpuDevices(),
    ...(DRIVER_FOLDERS[process.platform] ?? []).map((folder) => `${folder} ${changedAt(folder)}`),
  ].join('; ');
}

/**
 * Whether what this process computes on through Vulkan is the CPU again (Mesa's llvmpipe, SwiftShader). The runtime does not
 * tell which adapter it has taken, and takes a GPU before a software adapter. The driver of a GPU holds its device open; a
 * software adapter needs none, also where there is a GPU without a driver, or one that only shows a console.
 *
 * False elsewhere: macOS has no software adapter, and Windows' own (WARP) loses by its speed.
 */
export function hasSoftwareAdapter(): boolean {
  return process.platform === 'linux' && !openFiles().some((path) => GPU_DEVICE.test(path));
}

function gpuDevices(): string[] {
  const listed = [
    ...childrenOf('/dev').map((name) => `/dev/${name}`),
    ...childrenOf('/dev/dri').map((name) => `/dev/dri/${name}`),
  ];
  return listed.filter((path) => GPU_DEVICE.test(path));
}

function openFiles(): string[] {
  const folder = '/proc/self/fd';
  return childrenOf(folder).flatMap((name) => {
    try {
      return readlinkSync(`${folder}/${name}`);
    } catch {
      // It was the one that listed the folder.
      return [];
    }
  });
}

function childrenOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
