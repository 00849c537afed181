// Cards of notifications (addon-side.md 8.2). The host has checked them and cleaned their HTML; what a
// style needs and a card lacks makes the message take its place.

import { make } from './dom.js';
import { isWebAddress, picture } from './lozenge.js';
import { fromSanitised, fromText } from './text.js';

const NARROW = new Set(['image', 'file']);
const WITH_HOST = new Set(['link', 'media']);

function lastPartOf(url) {
  try {
    return decodeURIComponent(new URL(url).pathname.split('/').at(-1));
  } catch {
    return '';
  }
}

function hostOf(url) {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}

const linked = (url, ...what) => (isWebAddress(url)
  ? make('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, ...what) : make('span', {}, ...what));

function titleOf({ title, url, style }) {
  const text = title || (NARROW.has(style) ? lastPartOf(url) : '');
  return text ? make('h3', { className: 'card-title' }, linked(url, text)) : null;
}

function descriptionOf({ description }) {
  if (!description) return null;
  if (typeof description === 'string') return make('p', { className: 'card-description' }, fromText(description));
  return make('div', { className: 'card-description markup' },
    description.format === 'html' ? fromSanitised(description.value) : fromText(description.value));
}

function attributesOf({ attributes }) {
  if (!attributes?.length) return null;
  const row = ({ label, value }) => {
    const look = /^lozenge(?:-(?<kind>\w+))?$/u.exec(value.style ?? '');
    const text = look ? make('span', { className: `lozenge ${look.groups.kind ?? 'default'}` }, value.label) : value.label;
    return make('div', {},
      label ? make('dt', {}, label) : null,
      make('dd', {}, value.icon ? picture(value.icon, 'status-icon') : null, linked(value.url, text)));
  };
  return make('dl', { className: 'card-attributes' }, ...attributes.slice(0, 10).map(row));
}

function thumbnailOf({ thumbnail, url }) {
  if (!thumbnail || !isWebAddress(thumbnail.url)) return null;
  const image = picture(thumbnail, 'card-thumbnail');
  if (thumbnail.width > 0) image.width = thumbnail.width;
  if (thumbnail.height > 0) image.height = thumbnail.height;
  return linked(url, image);
}

const canShow = (card) => (card.style !== 'link' || (card.title && card.description)) && (card.style !== 'image' || isWebAddress(card.url));

/** The card as an element; null if it lacks what its style needs. */
export function cardNode(card) {
  if (!card || !canShow(card)) return null;
  const { style, activity, format } = card;
  const body = make('div', { className: 'card-body' },
    make('div', { className: 'card-head' }, card.icon ? picture(card.icon, 'card-icon') : null, titleOf(card)),
    descriptionOf(card),
    attributesOf(card),
    thumbnailOf(card) ?? (style === 'image' ? linked(card.url, picture({ url: card.url }, 'card-thumbnail')) : null),
    WITH_HOST.has(style) ? make('p', { className: 'card-host' }, hostOf(card.url)) : null);
  const className = `card-object ${style} ${format ?? 'medium'}${NARROW.has(style) ? ' narrow' : ''}`;
  if (!activity?.html) return make('div', { className }, body);
  return make('details', { className },
    make('summary', {}, activity.icon ? picture(activity.icon, 'status-icon') : null, make('span', {}, fromSanitised(activity.html))),
    body);
}
