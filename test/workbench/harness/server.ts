import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installed } from './install';
import { writeLanguagePack } from './language-pack';

export interface ServerOptions {
  /** The folder of an extension that is built, or its package. */
  extension: string;
  /** The user's settings. */
  settings?: Record<string, unknown> | undefined;
  /** The display language; English by default. */
  locale?: string | undefined;
  /** Whether folders are opened as ones that nobody trusts yet. */
  untrusted?: boolean | undefined;
  /** Whether the page may start code in the extension host, and hear how it ended. */
  forTests?: boolean;
}

export interface Server {
  /** Where the workbench is, on this machine only. */
  url: string;
  /** The folder of installed extensions. */
  extensions: string;
  pid: number;
  stop(): Promise<void>;
}

/** A workbench that asks nothing, offers nothing, looks nothing up, and does at once what it otherwise animates. */
const QUIET = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Starts VS Code's server on a free port, with a user's folder of its own and one extension. */
export async function startServer({
  extension,
  settings,
  locale = 'en',
  untrusted = false,
  forTests = false,
}: ServerOptions): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-workbench-'));
  const extensions = join(folder, 'extensions');
  const config = join(folder, 'config.yaml');
  mkdirSync(join(folder, 'User'));
  mkdirSync(join(folder, 'Machine'));
  mkdirSync(extensions);
  writeFileSync(config, 'auth: none\n');
  writeFileSync(join(folder, 'User/settings.json'), JSON.stringify({ ...QUIET, ...settings }));
  // A window on a server takes from here, not from the user's, what concerns the machine.
  writeFileSync(join(folder, 'Machine/settings.json'), JSON.stringify(settings ?? {}));
  if (locale !== 'en') writeLanguagePack(locale, folder, extensions);
  const places = ['--config', config, '--user-data-dir', folder, '--extensions-dir', extensions];
  install(extension, places, extensions);
  const quiet = ['--disable-telemetry', '--disable-update-check'];
  if (!untrusted) quiet.push('--disable-workspace-trust');
  const start = ['--disable-getting-started-override', '--ignore-last-opened', '--bind-addr', '127.0.0.1:0'];
  const language = ['--locale', locale];
  const driver = forTests ? ['--vscode-option', 'enable-smoke-test-driver'] : [];
  const child = spawn(installed.node, [installed.server, ...places, ...quiet, ...start, ...language, ...driver], {
    // In a group of its own, which ends as a whole.
    detached: true,
    env: withoutEditor(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => killGroup(child));
  const stop = async () => {
    await endGroup(child);
    // The last of the group may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    return { url: await addressOf(child), extensions, pid: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Installs a package; a folder is linked, under the name by which the server finds an extension. */
function install(extension: string, places: readonly string[], extensions: string): void {
  if (extension.endsWith('.vsix')) {
    execFileSync(installed.node, [installed.server, ...places, '--install-extension', extension], { stdio: 'pipe' });
    return;
  }
  const { publisher, name, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  symlinkSync(extension, join(extensions, `${publisher}.${name}-${version}`));
}

/** Started from a terminal of an editor, the server would take its variables for its own. */
function withoutEditor(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('VSCODE_')));
}

/** The address that the server prints when it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (data: Buffer) => {
      output += data;
      const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The workbench's server ended before it listened:\n${output}`)));
  });
}

/** Ends a process and all that it started. */
function endGroup(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    if (!killGroup(child)) resolve();
  });
}

/** @returns false where the process has ended already, or never began. */
function killGroup({ pid, exitCode, signalCode }: ChildProcess): boolean {
  if (pid === undefined || exitCode !== null || signalCode !== null) return false;
  return process.kill(-pid, 'SIGKILL');
}
