// A round picture for everyone: initials on a colour that follows from the name.

import { make } from './dom.js';

export function initials(name) {
  const words = name.trim().split(/[\s._-]+/u).filter((word) => word !== '');
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map((word) => [...word][0]).join('').toUpperCase() || '?';
}

/** 0 to 359; equal names give equal hues. */
export function hue(name) {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193);
  return ((hash >>> 0) * 137) % 360;
}

/** `kind` is `person` (a circle) or `addon` (a rounded square). */
export function avatar(name, kind = 'person') {
  const picture = make('span', { className: `avatar ${kind}`, 'aria-hidden': 'true' }, initials(name));
  picture.style.setProperty('--hue', String(hue(name)));
  return picture;
}
