import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { WhyTerms } from '../../src/display/why-terms';
import type { Provenance } from '../../src/recording/provenance';

/** The bundle. */
export const commandLine = fileURLToPath(new URL('../../dist/vitrine.js', import.meta.url));

export interface Run {
  /** Exit code; null where a signal ended the process. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** What is piped into it. */
  input?: string | Buffer;
  env?: NodeJS.ProcessEnv;
  /** The folder that it is started in. */
  cwd?: string;
}

/** Starts the command line that was built, as a user would, on pipes. */
export function startVitrine(
  args: readonly string[],
  { input, env, cwd }: RunOptions = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [commandLine, ...args], { env: { ...process.env, ...env }, cwd });
  // A command that does not read its input may have ended before.
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? '');
  return child;
}

/** A program that runs another in a terminal of its own, on Linux. */
export const TERMINAL = '/usr/bin/script';

/** Starts the command line at a terminal. What is typed there is its child's stdin, all that is written there its stdout. */
export function startInTerminal(args: readonly string[], env?: NodeJS.ProcessEnv): ChildProcessWithoutNullStreams {
  const words = [process.execPath, commandLine, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const command = ['--quiet', '--return', '--command', `exec ${words.join(' ')}`, '/dev/null'];
  return spawn(TERMINAL, command, { env: { ...process.env, ...env } });
}

export function finished(child: ChildProcessWithoutNullStreams): Promise<Run> {
  const run: Run = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    run.stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ ...run, code })));
}

export function vitrine(args: readonly string[], options?: RunOptions): Promise<Run> {
  return finished(startVitrine(args, options));
}

const answers = new Map<string, Promise<string>>();

/** `vitrine inspect --json` on a text, run once: several tests hold the same answer against what they see. Anything but success throws. */
export async function inspectJson(text: string, ...options: string[]): Promise<InspectJson> {
  const key = JSON.stringify([text, ...options]);
  const answer = answers.get(key) ?? inspectAnew(text, ...options);
  answers.set(key, answer);
  answer.catch(() => answers.delete(key));
  return JSON.parse(await answer);
}

/** @returns the JSON of a run of its own */
export async function inspectAnew(text: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await vitrine(['inspect', '-', '--json', ...options], { input: text });
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return stdout;
}

interface CandidateJson {
  id: number;
  text: string;
  logprob: number;
}

/** What docs/json.md documents. */
export interface InspectJson {
  model: string;
  provider: string;
  weights: string;
  provenance: Provenance;
  text: string;
  tokens: {
    id: number;
    text: string;
    bytes: string;
    start: number;
    end: number;
    logprob: number | null;
    rank: number | null;
    entropyBefore: number | null;
    entropy: number;
    top: CandidateJson[];
  }[];
  sumLogprob: number;
  perplexity: number | null;
  bitsPerCharacter: number | null;
  attention?: { layer: number; head: number; pattern: number[][] }[];
  why?: WhyTerms;
  experts?: { layer: number; tokens: { expert: number; weight: number }[][] }[];
  heads?: {
    layer: number;
    head: number;
    previous: number | null;
    first: number | null;
    self: number | null;
    induction: number | null;
    inductionQueries: number;
    entropy: number | null;
  }[];
  lens?: { layer: number; tokens: { top: CandidateJson[] }[] }[];
  continuation?: { text: string; tokens: CandidateJson[] };
  timing: { load: number; compile: number; forward: number };
}
