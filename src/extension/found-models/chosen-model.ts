import { settings } from '../settings';
import { type ModelPlace, modelPlaces, placeBeside } from './model-places';
import { fileOfOllama, ollamaName } from './ollama';

/** The model that the settings name. */
export interface ChosenModel {
  /** Undefined: the model that comes with Vitrine. */
  path: string | undefined;
  /** What people call it; undefined where only its file says. */
  name: string | undefined;
}

/** @throws VitrineError `model.ollama` where Ollama has none of that name. */
export function chosenModel(): ChosenModel {
  return modelOfSetting(settings.model());
}

/** The model that a value of the setting means. @throws VitrineError `model.ollama` */
export function modelOfSetting(setting: string): ChosenModel {
  const name = ollamaName(setting);
  return { path: name === undefined ? setting || undefined : fileOfOllama(name, modelPlaces()), name };
}

/** Of the window, the path that the setting had last: who has gone to another model may want to go back. */
let lastPath: string | undefined;

/** Where models may be: those of other programs, and beside the one that the settings name, or named last, by its path. */
export function searchedPlaces(): ModelPlace[] {
  const setting = settings.model();
  if (setting !== '' && ollamaName(setting) === undefined) lastPath = setting;
  return lastPath === undefined ? modelPlaces() : [...modelPlaces(), placeBeside(lastPath)];
}
