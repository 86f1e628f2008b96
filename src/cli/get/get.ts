import { errorText } from '../../display/sentences';
import { isPassing } from '../../hub/ask';
import { cachedChoices } from '../../hub/cached';
import { type Choice, choiceOf, choicesOf, TOKENIZER_FILE, tokenizerChoice } from '../../hub/choices';
import { getModel } from '../../hub/get-model';
import { hubOf } from '../../hub/hub';
import { type ModelName, modelNameOf } from '../../hub/names';
import { consentOf, freeSpace, missingBytes } from '../../hub/plan';
import { openRepository, type Repository } from '../../hub/repository';
import { VitrineError } from '../../shared/errors';
import { print, warn } from '../output';
import { onStop } from '../session';
import { createProgressLine, type ProgressLine } from '../terminal/progress';
import { UsageError } from '../usage-error';
import { confirm } from './confirm';
import { choiceLines, startingLines } from './lists';
import { proxiedFetch } from './proxied-fetch';

/** `vitrine get`: lists models to begin with, the files of one, or gets one. */
export async function runGet(name: string | undefined, { yes = false }: { yes?: boolean }): Promise<void> {
  if (name === undefined) return print(startingLines());
  const stop = new AbortController();
  const line = createProgressLine(process.stderr);
  const wanted = wantedOf(name);
  const getting = get(wanted, yes, stop.signal, line)
    .catch((error: unknown) => withoutHub(wanted, error))
    .finally(line.clear);
  onStop(async () => {
    line.clear();
    stop.abort();
    // What has come is kept, up to its last byte.
    await getting.catch(() => {});
  });
  await getting;
}

/** What is here opens where the hub cannot be asked: what it has of that name now nobody knows. */
async function withoutHub(wanted: ModelName, error: unknown): Promise<void> {
  const isAway = isPassing(error) || (error instanceof VitrineError && error.code === 'hub.offline');
  const [here, ...others] = isAway ? await cachedChoices(wanted) : [];
  if (!here || others.length > 0) throw error;
  warn(`${errorText(error)} It is here already, as it was got last.`);
  tell(here.path);
}

async function get(wanted: ModelName, yes: boolean, signal: AbortSignal, line: ProgressLine): Promise<void> {
  const hub = await hubOf({ fetch: await proxiedFetch() });
  line.show({ stage: 'ask', done: 0, total: 1 });
  const onPause = (seconds: number) => line.show({ stage: 'pause', done: seconds, total: 0 });
  const repository = await openRepository(hub, wanted.repository, { signal, onPause });
  line.clear();
  const free = await freeSpace(hub);
  const choices = wantedChoices(repository, wanted);
  const [choice] = choices;
  if (!choice || choices.length > 1) return print(choiceLines(repository, choices, free));
  const missing = await missingBytes(hub, repository, choice);
  if (missing > 0) await confirm(consentOf(hub, repository, choice, missing, free), yes, signal);
  const path = await getModel(hub, repository, choice, {
    signal,
    onWritten: (done, total) => line.show({ stage: 'get', done, total }),
    onPause,
    onChecked: (done, total) => line.show({ stage: 'check', done, total }),
  });
  line.clear();
  if (wanted.file === TOKENIZER_FILE) tellTokenizer(path);
  else tell(path);
}

function wantedChoices(repository: Repository, { file }: ModelName): Choice[] {
  if (file === undefined) return choicesOf(repository);
  return [file === TOKENIZER_FILE ? tokenizerChoice(repository) : choiceOf(repository, file)];
}

function tellTokenizer(path: string): void {
  print([path]);
  warn(
    `Ask a model on a server that has it: vitrine inspect --server URL --vocabulary ${quoted(path)} "The mouse ate the cheese."`,
  );
}

function tell(path: string): void {
  print([path]);
  warn(`Look into it: vitrine inspect --model ${quoted(path)} "The mouse ate the cheese."`);
}

function wantedOf(name: string): ModelName {
  try {
    return modelNameOf(name);
  } catch (error) {
    throw new UsageError(errorText(error));
  }
}

/** A path as one word of a shell, whatever the hub calls a file: people paste it. */
const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`;
