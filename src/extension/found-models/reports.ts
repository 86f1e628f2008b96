import { type ModelReport, reportOnModel } from '../../model/model-report';
import type { AskedStorage } from '../../shared/request-fields';
import type { FoundModel } from './find-models';

/** What was reported in this window: to look at a model of a large vocabulary takes a second. */
const known = new Map<string, ModelReport>();

/** What a model's headers say. @param asked how a person wants matrices kept */
export async function reportOn({ path, bytes, written }: FoundModel, asked: AskedStorage): Promise<ModelReport> {
  const key = [path, bytes, written, asked].join('\n');
  const report = known.get(key) ?? (await reportOnModel(path, asked));
  known.set(key, report);
  return report;
}
