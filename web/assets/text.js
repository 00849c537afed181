// What people and add-ons wrote, as nodes.

import { make } from './dom.js';
import { withEmoticons } from './emoticons.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>"]+/giu;
const MENTION = /(^|[\s(])@([\p{L}\p{N}_]+)/gu;
const OPENING = { ')': '(', ']': '[', '}': '{' };

const count = (text, letter) => text.split(letter).length - 1;

/** The address without the punctuation that belongs to the sentence around it. */
function trimmed(address) {
  let end = address.length;
  for (;;) {
    const last = address[end - 1];
    const inside = address.slice(0, end);
    const closes = OPENING[last] !== undefined && count(inside, last) > count(inside, OPENING[last]);
    if (!closes && !/[.,;:!?'*_~]/u.test(last)) return inside;
    end -= 1;
  }
}

function link(address) {
  try {
    const url = new URL(address);
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return address;
    return make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, address);
  } catch {
    return address;  // looks like one but is none, for example `http://`
  }
}

/** Text with whom it mentions marked, and emoticons. */
function withMentions(text) {
  const parts = [];
  let done = 0;
  for (const match of text.matchAll(MENTION)) {
    const at = match.index + match[1].length;
    parts.push(...withEmoticons(text.slice(done, at)), make('span', { className: 'mention', data: { mention: match[2].toLowerCase() } }, `@${match[2]}`));
    done = at + match[2].length + 1;
  }
  return [...parts, ...withEmoticons(text.slice(done))];
}

/** Plain text with its http and https addresses made clickable, mentions marked, and emoticons. */
export function fromText(text) {
  const parts = document.createDocumentFragment();
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    parts.append(...withMentions(text.slice(done, match.index)), link(address));
    done = match.index + address.length;
  }
  parts.append(...withMentions(text.slice(done)));
  return parts;
}

/** What a person typed, with the prefixes that clients know (addon-side.md 8.3). */
export function fromTyped(text, name) {
  const [, command, rest] = /^\/(me|em|code|pre|monospace|quote)\s+([^]*)$/u.exec(text) ?? [];
  if (command === 'me' || command === 'em') return make('i', {}, `${name} `, fromText(rest));
  if (command === 'quote') return make('blockquote', {}, fromText(rest));
  if (command) return make('pre', {}, make('code', {}, rest));
  return fromText(text);
}

const STYLES = ['color', 'font-weight', 'text-decoration', 'height', 'width'];

/** [property, value] of the style attributes' listed properties. */
function declarations(style) {
  return style.split(';')
    .map((declaration) => declaration.split(':').map((part) => part.trim()))
    .map(([property, value]) => [property.toLowerCase(), value])
    .filter(([property, value]) => STYLES.includes(property) && value);
}

/**
 * Markup that the host has sanitised: well-formed, quotes inside attribute values escaped. The
 * page's policy forbids style attributes even in markup that is not shown, so they are renamed
 * before parsing and the few properties that may be set are applied by calls. Links open beside
 * the room.
 */
export function fromSanitised(html) {
  const renamed = html.replace(/<[a-z][^<>]*>/giu, (tag) => tag.replace(/\sstyle="/giu, ' data-style="'));
  const body = new DOMParser().parseFromString(renamed, 'text/html').body;
  const styled = Array.from(body.querySelectorAll('[data-style]'),
    (element) => [element, declarations(element.dataset.style)]);
  const fragment = document.createDocumentFragment();
  fragment.append(...body.childNodes);
  for (const [element, pairs] of styled) {
    for (const [property, value] of pairs) {
      // The style sheet keeps the hue and sees to it that it can be read in both themes.
      element.style.setProperty(property === 'color' ? '--said-color' : property, value);
    }
  }
  for (const anchor of fragment.querySelectorAll('a[href]')) {
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }
  for (const image of fragment.querySelectorAll('img')) image.decoding = 'async';
  return fragment;
}
