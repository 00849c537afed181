// Words in parentheses that stand for a small picture.

import { make } from './dom.js';

const EMOTICON = /\((smile|sad|thumbsup|thumbsdown|heart|star|success|failed|coffee|fire|sun|idea)\)/gu;

/** Parts of a text, with pictures in the place of such words. */
export function withEmoticons(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(EMOTICON)) {
    parts.push(text.slice(done, match.index),
      make('img', { className: 'emoticon', src: `/assets/emoticons/${match[1]}.svg`, alt: match[0], title: match[0], width: 20, height: 20 }));
    done = match.index + match[0].length;
  }
  return [...parts, text.slice(done)];
}
