import * as vscode from 'vscode';
import { shortModelName } from '../../display/names';
import { createLenses, createRuns, createVocabularies } from '../../inspector';
import type {
  InspectorEvents,
  InspectorHost,
  InspectorState,
  Runs,
  ViewName,
  Vocabularies,
} from '../../shared/inspector-api';
import type { ActiveText } from '../active-text';
import type { RenderedDocuments } from '../chat/rendered-documents';
import { withComparedModel } from '../comparison/compared-engine';
import { createComparisons } from '../comparison/comparisons';
import type { Services } from '../services';
import { onSettingsChange, settings } from '../settings';
import { spokenLanguage } from '../spoken-language';
import { connect } from './connection';
import { EditorLink } from './editor-link';
import { Follower } from './follower';
import { createHostApi, type Dependencies } from './host-api';
import { Inspection } from './inspection';
import { InspectorStateStore } from './inspector-state-store';

/** Where it is shown: a panel, or a view of the side panel. */
type Place = Pick<vscode.WebviewPanel, 'webview' | 'visible'>;

/** What the inspector of a window shows, wherever it is shown. */
export class Inspector implements vscode.Disposable {
  readonly store = new InspectorStateStore(firstState());
  readonly lastEditor: ActiveText;
  readonly inspection: Inspection;
  readonly rendered: RenderedDocuments;
  readonly link: EditorLink;
  readonly #follower: Follower;
  readonly #services: Services;
  readonly #extension: vscode.Uri;
  readonly #vocabularies: Vocabularies;
  readonly #settings: vscode.Disposable;
  /** Each with what cancels the tasks of its page. */
  readonly #places = new Map<Place, () => void>();

  /** @param extension where it is */
  constructor(services: Services, rendered: RenderedDocuments, extension: vscode.Uri) {
    this.#services = services;
    this.lastEditor = services.activeText;
    this.rendered = rendered;
    this.#extension = extension;
    const { store } = this;
    this.inspection = new Inspection(services, rendered, store, () => this.isVisible);
    this.link = new EditorLink(store, this.inspection, services.selection);
    this.#follower = new Follower(store, this.inspection, services.activeText, () => this.isVisible);
    this.#vocabularies = createVocabularies({
      named: (name) => services.tokens.named(name),
      modelName: () => vocabularyNameOf(store.state.model ?? services.tokens.model),
      language: spokenLanguage(),
    });
    this.#settings = vscode.Disposable.from(
      services.comparison.onDidChange(() => store.change({ comparison: services.comparison.state })),
      onSettingsChange(['maskSink'], () => store.change({ masksSink: settings.maskSink() })),
      onSettingsChange(['colours'], () => store.change({ hues: settings.hues() })),
    );
  }

  /** Shows a view, and in it what it is asked to. */
  show(view: ViewName, viewRequest: InspectorState['viewRequest']): void {
    this.store.change({ view, viewRequest });
    if (this.isVisible) this.store.clearViewRequest();
  }

  /** Lets a webview show it, until that is disposed. */
  connect(place: Place): vscode.Disposable {
    const makeHost = (events: Pick<InspectorEvents, 'progress'>) => {
      const { host, subscription, cancelAll } = this.#host(events);
      this.#places.set(place, cancelAll);
      return { host, subscription };
    };
    const connection = connect(place.webview, makeHost, this.store.onDidChange);
    return new vscode.Disposable(() => {
      this.hidden(place);
      connection.dispose();
      this.#places.delete(place);
      // Where nobody can end it, nothing is changed.
      const { readings } = this.#services;
      if (this.#places.size > 0) return;
      if (readings.ablated.length > 0) readings.ablated = [];
      if (readings.steering) readings.steering = undefined;
    });
  }

  /** Its page is gone, and nobody waits for what it has begun. */
  hidden(place: Place): void {
    this.link.preview(undefined);
    this.#places.get(place)?.();
  }

  dispose(): void {
    vscode.Disposable.from(this.#settings, this.#follower, this.link, this.inspection, this.store).dispose();
  }

  get readings(): Services['readings'] {
    return this.#services.readings;
  }

  /** Whether anybody sees it. */
  get isVisible(): boolean {
    return [...this.#places.keys()].some(({ visible }) => visible);
  }

  #comparedTexts(): ReturnType<Parameters<typeof createComparisons>[0]['texts']> {
    const { subject } = this.store.state;
    if (!subject) return undefined;
    const selected = subject.shown.map(({ start, end }) => subject.text.slice(start, end)).join('');
    const whole = this.inspection.target?.document.getText() ?? subject.text;
    return { subject: subject.text, selected, whole, isChat: subject.chat !== undefined };
  }

  #host({ progress }: Pick<InspectorEvents, 'progress'>): {
    host: InspectorHost;
    subscription: vscode.Disposable;
    cancelAll(): void;
  } {
    const { store, inspection, link, lastEditor } = this;
    const { host, readings, comparison } = this.#services;
    const engine = withComparedModel(inspection.engine, comparison);
    const { runs, engineProgress, cancelAll } = createRuns(engine, { newTask: () => host.newTask(), progress });
    const comparisonsFor = (toldOf: InspectorEvents['progress']) =>
      createComparisons({
        comparison,
        comparer: this.#services.comparer,
        texts: () => this.#comparedTexts(),
        progress: toldOf,
      });
    const compared = comparisonsFor(progress);
    const lenses = createLenses(engine);
    const vocabularies = this.#vocabularies;
    // Each file's tasks have numbers of their own, which are not the views'.
    const sources = (): ReturnType<Dependencies['sources']> => {
      const { runs: ownRuns } = createRuns(engine, { newTask: () => host.newTask(), progress: () => {} });
      const own = comparisonsFor(() => {});
      return {
        lenses,
        runs: { ...ownRuns, cancel: (asked) => cancelIn(own, ownRuns, asked) },
        vocabularies,
        compared: { differences: own.comparisons.differences, measured: compared.measured() },
      };
    };
    const hostApi = createHostApi({
      extension: this.#extension,
      readings,
      sources,
      store,
      inspection,
      follower: this.#follower,
      link,
      lastEditor,
    });
    return {
      host: {
        ...lenses,
        ...runs,
        ...vocabularies,
        ...compared.comparisons,
        ...hostApi,
        cancel: (asked) => cancelIn(compared, runs, asked),
        start: () => {
          cancelAll();
          compared.cancelAll();
          return hostApi.start();
        },
      },
      subscription: vscode.Disposable.from(
        host.onDidProgress(engineProgress),
        comparison.onDidProgress(engineProgress),
        host.onDidProgress(compared.engineProgress),
        comparison.onDidProgress(compared.engineProgress),
      ),
      cancelAll: () => {
        cancelAll();
        compared.cancelAll();
      },
    };
  }
}

/** Whosever task it is: of one model, or of two. */
async function cancelIn(
  compared: Pick<ReturnType<typeof createComparisons>, 'cancel'>,
  runs: Pick<Runs, 'cancel'>,
  { task }: { task: number },
): Promise<void> {
  compared.cancel(task);
  await runs.cancel({ task });
}

function firstState(): InspectorState {
  return {
    subject: undefined,
    model: undefined,
    reading: { kind: 'empty' },
    isPinned: false,
    selected: { token: undefined, layer: undefined, head: undefined },
    view: 'probabilities',
    masksSink: settings.maskSink(),
    hues: settings.hues(),
    isUnresponsive: false,
    ablated: [],
    steering: undefined,
    comparison: undefined,
    viewRequest: {},
  };
}

function vocabularyNameOf(model: { name: string; vocabularyName?: string } | undefined): string {
  return model ? shortModelName(model.vocabularyName ?? model.name) : vscode.l10n.t("The model's own");
}
