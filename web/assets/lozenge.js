// What a glance shows of itself (addon-side.md 6.2). It comes from the add-on's own server, so all of
// it is rebuilt from the little that is allowed.

import { make } from './dom.js';

const KEPT = new Set(['B', 'I', 'EM', 'STRONG']);
const LOZENGES = new Set(['default', 'success', 'error', 'current', 'new', 'moved', 'complete']);

function rebuilt(nodes) {
  const parts = [];
  for (const node of nodes) {
    if (node.nodeType === Node.TEXT_NODE) parts.push(node.data);
    else if (KEPT.has(node.nodeName)) parts.push(make(node.nodeName.toLowerCase(), {}, ...rebuilt(node.childNodes)));
    else if (node.nodeName !== 'SCRIPT' && node.nodeName !== 'STYLE') parts.push(...rebuilt(node.childNodes));
  }
  return parts;
}

/** The nodes of a label: text, and b, i, em, strong without attributes. */
export function labelNodes(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return rebuilt(body.childNodes);
}

export const isWebAddress = (url) => typeof url === 'string' && /^https?:\/\//iu.test(url);

export function picture(icon, className) {
  const url = typeof icon === 'string' ? icon : icon?.url;
  if (!isWebAddress(url)) return null;
  const image = make('img', { className, src: url, alt: '', decoding: 'async' });
  if (isWebAddress(icon['url@2x'])) image.srcset = `${url}, ${icon['url@2x']} 2x`;
  return image;
}

/** A lozenge or an icon; null for anything else. */
export function statusNode(status) {
  const value = status?.value;
  if (status?.type === 'icon') return picture(value, 'status-icon');
  if (status?.type !== 'lozenge' || typeof value?.label !== 'string') return null;
  const kind = LOZENGES.has(value.type) ? value.type : 'default';
  return make('span', { className: `lozenge ${kind}` }, value.label);
}
