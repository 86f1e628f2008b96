import type { BenchModel } from './model';
import type { Plan } from './plan';
import type { Texts } from './texts';
import type { Watch } from './watch';

/** What every measurement is given. */
export interface Bench {
  model: BenchModel;
  /** For files of this run alone. */
  folder: string;
  /** Compiled models, in `folder`; the model is in it. */
  cacheFolder: string;
  /** Undefined where Python or its packages are missing. */
  peers: Peers | undefined;
  plan: Plan;
  texts: Texts;
  watch: Watch;
}

export interface Peers {
  python: string;
  /** Names and versions of what is measured against. */
  versions: string;
  /** The model as a folder of transformers. */
  checkpoint: string;
}
