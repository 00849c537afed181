// What was shared with a message: a picture, or a name to save under.

import { make } from './dom.js';

const PICTURE = /\.(png|jpe?g|gif|webp)$/iu;
const UNITS = ['bytes', 'KB', 'MB', 'GB'];

/** "12 KB". */
function sizeOf(bytes) {
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < UNITS.length - 1; unit += 1) size /= 1024;
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${UNITS[unit]}`;
}

/** The file {name, size, url} of a message, as a link; null for none. */
export function fileNode(file) {
  if (!file) return null;
  const link = { className: 'file', href: file.url, target: '_blank', rel: 'noopener noreferrer' };
  const name = make('span', { className: 'file-name' }, file.name);
  const size = make('small', {}, sizeOf(file.size));
  if (!PICTURE.test(file.name)) return make('a', link, name, ' ', size);
  return make('a', link, make('img', { src: file.url, alt: file.name, decoding: 'async', loading: 'lazy' }), name, ' ', size);
}
