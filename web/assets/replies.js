// What a message answers to, shown above it.

import { get, roomPath } from './api.js';
import { make } from './dom.js';

const LONGEST = 140;

const shortened = (text) => ([...text].length > LONGEST ? `${[...text].slice(0, LONGEST).join('')}…` : text);

const nameOf = (change) => change.person?.name ?? change.from ?? '';

/** "Ada: the beginning of what she said". */
export const excerpt = (change) =>
  `${nameOf(change)}: ${change.text === null ? 'a message that was deleted' : shortened(change.text || change.file?.name || '')}`;

/** The parent's line; a click leads to it. It is asked for when it is not on the page. */
export function parentLine(parentId, roomId) {
  const line = make('button', { type: 'button', className: 'parent', data: { parent: parentId } }, '…');
  const fill = (change) => {
    line.change = change;
    line.textContent = excerpt(change);
  };
  const shown = document.querySelector(`#entries [data-id="${CSS.escape(parentId)}"]`);
  if (shown) fill(shown.change);
  else {
    get(`${roomPath(roomId)}/messages/${encodeURIComponent(parentId)}`).then(
      ({ change }) => fill(change),
      () => { line.textContent = 'A message that is not here any more'; });
  }
  return line;
}
