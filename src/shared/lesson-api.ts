/*
 * What the page of the lesson and its host, the editor's extension, say to each other. Texts are in the reader's language.
 */

/** What a person has done of a step. */
export interface LessonStepState {
  title: string;
  isDone: boolean;
  isAnswered: boolean;
}

/** The question of a step: computed by the model that runs, there and then. */
export type LessonQuestion =
  | { kind: 'computing' }
  /** Why it cannot be asked, and what to do. */
  | { kind: 'failed'; message: string }
  | {
      kind: 'asked';
      text: string;
      choices: string[];
      /** What was chosen last, and what is to be said of it. */
      answer?: { choice: number; isRight: boolean; says: string } | undefined;
    };

export interface LessonState {
  steps: LessonStepState[];
  /** The step that is shown, counted from 0. */
  current: number;
  /** What the step is about. */
  sentence: string;
  /** What is to be done, the button that does it, and whether that is to be seen now. */
  task: { text: string; button: string; isSeen: boolean; failure?: string | undefined };
  question: LessonQuestion;
  /** What has to be known before, and the button that mends it. */
  notice?: { text: string; button: string } | undefined;
}

export interface LessonStart {
  /** BCP 47, of the editor's display language. */
  language: string;
  /** English text to the same in that language. */
  translations: Record<string, string>;
  state: LessonState;
}

/** What the page asks of its host. */
export interface LessonHost {
  start(): Promise<LessonStart>;
  /** Shows a step. */
  show(request: { step: number }): Promise<void>;
  /** Does what the step asks to do. */
  doTask(): Promise<void>;
  answer(request: { choice: number }): Promise<void>;
  /** Asks the question anew, after it could not be asked. */
  askAgain(): Promise<void>;
  /** Does what the notice offers. */
  acceptNotice(): Promise<void>;
  /** Forgets what was done, and begins with the first step. */
  beginAnew(): Promise<void>;
  /** Closes the lesson, and takes away what its steps have turned on. */
  leave(): Promise<void>;
}

export interface LessonEvents {
  changed(state: LessonState): void;
}
