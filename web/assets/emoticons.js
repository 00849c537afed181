// Words in parentheses that stand for a small picture.

import { make } from './dom.js';

export const EMOTICONS = [
  'smile', 'sad', 'thumbsup', 'thumbsdown', 'heart', 'star', 'success', 'failed', 'coffee', 'fire', 'sun', 'idea',
];

const EMOTICON = new RegExp(`\\((${EMOTICONS.join('|')})\\)`, 'gu');

export const emoticon = (name) => make('img', {
  className: 'emoticon', src: `/assets/emoticons/${name}.svg`, alt: `(${name})`, title: `(${name})`, width: 20, height: 20,
});

/** Parts of a text, with pictures in the place of such words. */
export function withEmoticons(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(EMOTICON)) {
    parts.push(text.slice(done, match.index), emoticon(match[1]));
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)];
}
