import { formatCount } from '../../src/display/numbers';
import type { DatasetState } from '../../src/shared/dataset-api';
import { t } from '../l10n';

/** How far the rows are scored, and by which models. */
export function scoringText({ scoring, scored, rows, modelA, modelB }: DatasetState): string {
  const models = modelB === undefined ? modelA : t('A: {0} · B: {1}', modelA ?? '', modelB);
  const parts = [
    stageText(scoring),
    scored > 0 && t('{0} of {1} scored', formatCount(scored), formatCount(rows)),
    models,
  ];
  return parts.filter(Boolean).join(' · ');
}

const waitingForServer = (message: string) => `${message} ${t('It is asked again in half a minute.')}`;

function stageText(scoring: DatasetState['scoring']): string {
  switch (scoring.kind) {
    case 'loading':
      return t('Loading the model');
    case 'working':
      return scoring.tokensPerSecond >= 1
        ? t('Scoring, {0} tokens a second', formatCount(scoring.tokensPerSecond))
        : t('Scoring');
    case 'waiting':
      return scoring.message ? waitingForServer(scoring.message) : t('Waiting while you use the model');
    case 'paused':
      return t('Paused');
    default:
      return '';
  }
}
