import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { VitrineError } from '../../shared/errors';
import { type MeasureRequest, measure } from './measure';
import { runtimeReason } from './packaged';
import type { TrialAnswer } from './trial';

/*
 * Tries one provider in a process of its own, because a driver may hang or abort. The request is the one argument, as
 * JSON; the answer is the one message.
 */

// Whoever is at the machine comes first; and where memory runs out for a second copy of the model, this process goes.
setPriority(constants.priority.PRIORITY_LOW);
if (process.platform === 'linux') {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // A container may not let it: then the system chooses.
  }
}
// The parent is gone, and nobody waits for the answer.
process.on('disconnect', () => process.exit());

const answer = await answerTo(JSON.parse(process.argv[2] ?? '') as MeasureRequest);
process.send?.(answer, () => process.exit());

async function answerTo(request: MeasureRequest): Promise<TrialAnswer> {
  try {
    return await measure(request);
  } catch (error) {
    return { failure: runtimeReason(error instanceof VitrineError ? (error.cause ?? error) : error) };
  }
}
