import type { EngineApi, EngineEvents } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import type { InspectorEvents, Runs } from '../shared/inspector-api';

export interface RunsOptions {
  /** A number for a task that nobody else gives the engine. */
  newTask(): number;
  /** Told of a task under the view's number. */
  progress: InspectorEvents['progress'];
}

/** What views have the engine do, and where to tell what the engine reports of its tasks, whosever they are. */
export interface EngineRuns {
  runs: Runs;
  engineProgress: EngineEvents['progress'];
}

/** Views number their tasks as they like; the engine, which has other callers, knows these by other numbers. */
export function createRuns(engine: EngineApi, { newTask, progress }: RunsOptions): EngineRuns {
  /** The engine's number for a view's. */
  const running = new Map<number, number>();

  const run = async <T>(task: number, work: (task: number) => Promise<T>): Promise<T> => {
    if (running.has(task)) {
      throw new VitrineError('request.task', sentence`The task ${task} is still at work. Give each its own number.`);
    }
    const engineTask = newTask();
    running.set(task, engineTask);
    try {
      return await work(engineTask);
    } finally {
      running.delete(task);
    }
  };

  return {
    runs: {
      forward: ({ task, ...request }) =>
        run(task, async (engineTask) => {
          const { trace, ids, starts, ends } = await engine.forward({ task: engineTask, ...request });
          return { trace, ids, starts, ends };
        }),
      forwardTokens: ({ task, ...request }) =>
        run(task, async (engineTask) => {
          const { trace } = await engine.forwardTokens({ task: engineTask, ...request });
          return { trace };
        }),
      continuation: ({ task, ...request }) =>
        run(task, (engineTask) => engine.continuation({ task: engineTask, ...request })),
      score: ({ task, ...request }) => run(task, (engineTask) => engine.score({ task: engineTask, ...request })),
      headAblations: ({ task, ...request }) =>
        run(task, (engineTask) => engine.headAblations({ task: engineTask, ...request })),
      rollout: ({ task, ...request }) => run(task, (engineTask) => engine.rollout({ task: engineTask, ...request })),
      cancel: async ({ task }) => {
        const engineTask = running.get(task);
        if (engineTask !== undefined) await engine.cancel({ task: engineTask });
      },
    },
    engineProgress: (report) => {
      for (const [task, engineTask] of running) if (engineTask === report.task) progress({ ...report, task });
    },
  };
}
