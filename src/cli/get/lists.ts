import { startingPoints } from '../../../models/starting-points';
import { formatBytes } from '../../display/format-bytes';
import { safeText } from '../../display/glyphs';
import { render } from '../../display/sentences';
import type { Choice } from '../../hub/choices';
import { licenceSentence } from '../../hub/licence';
import { type Free, obstacleOf } from '../../hub/plan';
import type { Repository } from '../../hub/repository';
import { gridRows } from '../terminal/grid';

/** What one may begin with. Nothing is asked of the hub for it. */
export function startingLines(): string[] {
  return [
    ...gridRows([
      { header: 'to begin with', align: 'start', cells: startingPoints.map(({ name }) => name) },
      { header: 'languages', align: 'start', cells: startingPoints.map(({ languages }) => languages.join(' ')) },
      {
        header: 'get it with',
        align: 'start',
        cells: startingPoints.map(({ repository }) => `vitrine get ${repository}`),
      },
    ]),
    '',
    'Any other model of the hub: vitrine get OWNER/NAME',
  ];
}

/** What can be got of a model, with sizes, and what does not fit this machine. */
export function choiceLines({ name, licence }: Repository, choices: readonly Choice[], free: Free): string[] {
  const notes = choices.map((choice) => obstacleOf(choice, free));
  return [
    ...gridRows([
      { header: 'file', align: 'start', cells: choices.map((choice) => safeText(choice.name)) },
      { header: 'size', align: 'end', cells: choices.map(({ bytes }) => formatBytes(bytes)) },
      { header: '', align: 'start', cells: notes.map((note) => (note ? render(note) : '')) },
    ]),
    '',
    safeText(render(licenceSentence(licence))),
    `Get one of them: vitrine get ${name}:FILE (a part of its name that no other has is enough)`,
  ];
}
