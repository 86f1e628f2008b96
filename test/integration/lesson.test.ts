import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { LessonModel } from '../../src/extension/lesson/lesson-model';
import { lessonSteps } from '../../src/extension/lesson/steps';
import { readModelChatTemplate } from '../../src/model/checkpoint/model-chat-template';
import { fill } from '../../src/shared/errors';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';
import { nextTask, useEngine } from '../support/engine';

const host = useEngine();
let tokenizer: Promise<Tokenizer> | undefined;

const modelOfLesson = () =>
  new LessonModel({
    engine: host.engine,
    tokenizer: () => {
      tokenizer ??= host.engine.vocabulary({}).then(createTokenizer);
      return tokenizer;
    },
    chatTemplate: async () => {
      const template = await readModelChatTemplate(defaultModelPath(), undefined);
      if (!template) throw new Error('the model that comes with Vitrine is one for chats');
      return template;
    },
    forward: (text) => host.engine.forward({ task: nextTask(), text }),
    t: fill,
  });

/**
 * What the model that comes with Vitrine answers, held to PyTorch and Python elsewhere: tokens to transformers, probabilities,
 * attention and lenses to PyTorch on the same weights. Where the sentences are others, the Spanish answer stands second.
 */
const RIGHT: Record<string, string | [string, string]> = {
  tokens: ['6', '11'],
  merges: ['·intern + ational', '·cap + ital'],
  numbers: '3',
  code: 'wHM2x',
  sequence: ['The mouse ate the cheese.', 'Madrid es la capital de España.'],
  autoregression: ['·Paris', '·la'],
  softmax: ['5', '2'],
  loss: ['·cheese', '·hospital'],
  stream: '576',
  attention: ['·mat', '·mar'],
  mlp: ['Layer 28', 'Layer 24'],
  layers: ['26', '24'],
  length: '100',
  data: ['To be, or not to be, that is the question.', 'Cien años de soledad.'],
  scaling: '25',
  assistant: 'assistant',
  precision: '143 MB',
};

describe.each(['en', 'es'])('the lesson in %s asks the model', (language) => {
  const isSpanish = language === 'es';

  it.each(lessonSteps(fill, language))('$id', async ({ id, file, ask }) => {
    const question = await ask(modelOfLesson(), readFileSync(join('examples/lesson', file), 'utf8'));
    const right = RIGHT[id];
    expect(question.choices[question.right]).toBe(Array.isArray(right) ? right[isSpanish ? 1 : 0] : right);
    expect(new Set(question.choices).size).toBe(question.choices.length);
    expect(question.choices.length).toBeGreaterThan(2);
  });
});
