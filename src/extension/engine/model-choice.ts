import type * as vscode from 'vscode';
import type { StartedServedEngine } from '../../remote/start-served-engine';
import type { ChatTemplate } from '../../shared/chat';
import type { EngineEvents } from '../../shared/engine-api';
import type { AskedStorage } from '../../shared/request-fields';
import { type ChosenModel, chosenModel } from '../found-models/chosen-model';
import { type SettingName, settings } from '../settings';

/** What an engine loads: a file, or a model that runs on a server. */
export type ChosenForm = LoadedForm | ServedForm;

/** A model, and in what form an engine loads it. */
export interface LoadedForm extends ChosenModel {
  kind: 'file';
  adapter: string | undefined;
  /** Whether the adapter is kept apart from the model, so that it can be given a gain. */
  adapterApart: boolean;
  weights: AskedStorage;
}

/** A model on a server that a person has chosen in this window. */
export interface ServedForm {
  kind: 'served';
  /** Connects to it. @throws VitrineError of `server.*` from the model that it promises, CancellationError where a person says no */
  start(onProgress: EngineEvents['progress']): StartedServedEngine;
  /** Of the files from which its vocabulary is; undefined where they have none. */
  chatTemplate(): Promise<ChatTemplate | undefined>;
  /** Asks before it reads files or rows while nobody waits, once a window. @throws CancellationError where a person says no */
  allowBackground(size: BackgroundSize): Promise<void>;
}

/** Of all that is read while nobody waits: files of folders, or rows of a data set. */
export type BackgroundSize = { files: number; bytes: number } | { rows: number; bytes: number };

/** What an engine loads whenever it starts. */
export interface ModelChoice {
  /** @throws VitrineError where there is no such model. */
  current(): ChosenForm;
  /** The settings that it depends on: where one changes, the engine ends. */
  readonly settings: readonly SettingName[];
  /** Where it may change by itself: then the engine ends too. */
  readonly onDidChange?: vscode.Event<void>;
  /** Where it may be a model on a server: has the model of the settings in its place. @returns goes back to the server */
  leaveServer?(): () => void;
}

/** The model that the settings name. */
export const MODEL_OF_SETTINGS: ModelChoice = {
  current: () => ({
    kind: 'file',
    ...chosenModel(),
    adapter: settings.adapter(),
    adapterApart: false,
    weights: settings.weights(),
  }),
  settings: ['model', 'adapter', 'weights'],
};
