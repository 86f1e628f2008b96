import { safeText } from '../../display/glyphs';
import { formatCount, formatNats } from '../../display/numbers';
import type { EngineState } from '../engine/engine-host';
import type { ReadingMode } from '../readings/reading';
import type { Translate } from '../translate';
import { progressText } from './progress-text';

/** What the status item tells. Names are short ones. */
export interface StatusFacts {
  state: EngineState;
  /** Undefined while none is loaded. */
  model: { name: string; provider: string } | undefined;
  /** Where texts go, and whether one is on its way; undefined of a model on this machine. */
  server?: { host: string; isSending: boolean } | undefined;
  /** The vocabulary that is chosen; undefined where it is the model's own. */
  vocabulary: string | undefined;
  /** What both models are called that are compared, and what the engine of B is at; undefined where nothing is compared. */
  compared?: { a: string; b: string; state: EngineState; server?: StatusFacts['server'] } | undefined;
  /** Where their difference is too small to be coloured, the largest of any token, in nats. */
  agreement?: number | undefined;
  /** Tokens of the selection or the document, where they are known. */
  tokens: number | undefined;
  /** Whether they are the model's own whatever is chosen: those that are coloured. */
  ofModel: boolean;
  /** How selections are read; undefined where nothing is coloured or selected. */
  mode: ReadingMode | undefined;
  /** Which heads are switched off, and change all numbers. */
  changes: string | undefined;
}

/** `$(eye) SmolLM2 135M · cpu · 42 tok`; of a server `$(cloud) llama · models.example:443 · 42 tok`. */
export function statusText(facts: StatusFacts, t: Translate): string {
  const { state, model, server, compared } = facts;
  if (state.kind === 'failed') {
    return `$(error) Vitrine: ${server ? t('not connected to {0}', plain(server.host)) : t('stopped')}`;
  }
  if (state.kind === 'unresponsive') return `$(warning) Vitrine: ${t('not answering · Restart')}`;
  const own = model ? plain(model.name) : 'Vitrine';
  const name = compared ? comparedNames(compared) : own;
  const busy = busyText(facts, t);
  if (busy !== undefined) return `${busyIcon(receiver(facts))} ${[name, ...serverPart(server), busy].join(' · ')}`;
  const parts = [name, ...(model ? [plain(model.provider)] : serverPart(server)), ...countParts(facts, t)];
  return `${icon(receiver(facts))} ${parts.join(' · ')}`;
}

/** Where texts go of the model in use, or of the one that it is compared with. */
const receiver = ({ server, compared }: StatusFacts): StatusFacts['server'] => server ?? compared?.server;

/** A server's host is told once. */
function comparedNames({ a, b, server }: NonNullable<StatusFacts['compared']>): string {
  const names = `${plain(a)} ↔ ${plain(b)}`;
  return !server || b.includes(server.host) ? names : `${names} (${plain(server.host)})`;
}

/** What the engine is at, or that of B. */
function busyText({ state, model, server, compared }: StatusFacts, t: Translate): string | undefined {
  if (state.kind === 'working') {
    return server && !model ? t('connecting') : progressText(state, t);
  }
  return compared?.state.kind === 'working' ? `B: ${progressText(compared.state, t)}` : undefined;
}

function icon(server: StatusFacts['server']): string {
  if (!server) return '$(eye)';
  return server.isSending ? '$(cloud-upload)' : '$(cloud)';
}

const busyIcon = (server: StatusFacts['server']): string => (server?.isSending ? icon(server) : '$(loading~spin)');

const serverPart = (server: StatusFacts['server']): string[] => (server ? [plain(server.host)] : []);

/** What a screen reader says of the item. */
export function spokenStatus(facts: StatusFacts, t: Translate): string {
  const text = statusText(facts, t).replace(/\$\([^)]*\) /g, '');
  const to = receiver(facts);
  return to?.isSending ? t('{0}; a text is being sent to {1}', text, plain(to.host)) : text;
}

/** What keeps the engine from answering, as a sentence. */
export function troubleOf(state: EngineState, t: Translate): string | undefined {
  switch (state.kind) {
    case 'failed':
      return state.message;
    case 'unresponsive':
      return t(
        'The engine has not answered for five seconds and does not seem to be at work. It may go on by itself; a restart ends what it was asked for.',
      );
    default:
      return undefined;
  }
}

export function modeText(mode: ReadingMode, t: Translate): string {
  switch (mode) {
    case 'withTextBefore':
      return t('with the text before it');
    case 'selectionAlone':
      return t('selection alone');
  }
}

function countParts({ vocabulary, tokens, ofModel, mode, changes, agreement }: StatusFacts, t: Translate): string[] {
  const parts = vocabulary === undefined || ofModel ? [] : [plain(vocabulary)];
  if (tokens !== undefined) parts.push(tokens === 1 ? t('1 token') : t('{0} tok', formatCount(tokens)));
  if (vocabulary !== undefined && ofModel) parts.push(t('{0} chosen', plain(vocabulary)));
  if (agreement !== undefined) parts.push(t('A and B agree within {0}', formatNats(agreement)));
  if (mode) parts.push(modeText(mode, t));
  if (changes) parts.push(changes);
  return parts;
}

/** A text that a file gave, and that the status bar neither obeys nor takes for an icon. */
export function plain(name: string): string {
  return safeText(name).replaceAll('$(', '$ (');
}
