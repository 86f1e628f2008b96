import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { sentence } from '../shared/errors';
import { failureOf } from '../shared/failure';
import { reasonOf } from '../shared/system-errors';
import type { AnswerReader } from './answer-thread';
import { readAnswer } from './read-answer';

// The thread in which large answers of servers are read. `answer-thread.ts` starts it.

const reader: AnswerReader = {
  async read(job) {
    try {
      return { value: readAnswer(job) };
    } catch (error) {
      return { error: failureOf(error, defect) };
    }
  },
};

createBirpc<object, AnswerReader>(reader, {
  post: (message) => parentPort?.postMessage(message),
  on: (receive) => void parentPort?.on('message', receive),
  timeout: -1,
});

const defect = (error: unknown) => ({
  code: 'server.defect',
  text: sentence`Reading the server’s answer failed: ${reasonOf(error)}. Try again; if it happens again, it is a defect of Vitrine's.`,
});
