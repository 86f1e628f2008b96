import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { LessonModel } from '../../src/extension/lesson/lesson-model';
import { lessonSteps } from '../../src/extension/lesson/steps';
import { readModelChatTemplate } from '../../src/model/checkpoint/model-chat-template';
import { fill } from '../../src/shared/errors';
import { createTokenizer } from '../../src/tokenizer';
import { nextTask, useEngine } from '../support/engine';

const host = useEngine();

const modelOfLesson = () =>
  new LessonModel({
    engine: host.engine,
    tokenizer: async () => createTokenizer(await host.engine.vocabulary({})),
    chatTemplate: async () => {
      const template = await readModelChatTemplate(defaultModelPath(), undefined);
      if (!template) throw new Error('the model that comes with Vitrine is one for chats');
      return template;
    },
    forward: (text) => host.engine.forward({ task: nextTask(), text }),
    t: fill,
  });

describe.each(['en', 'es'])('the lesson in %s', (language) => {
  it.each(lessonSteps(fill, language))('$id', async ({ id, file, ask }) => {
    const q = await ask(modelOfLesson(), readFileSync(join('examples/lesson', file), 'utf8'));
    expect(q.right).toBeGreaterThanOrEqual(0);
  });
});
