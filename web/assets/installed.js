// The list of what is installed, and its parts that the consent dialog shares.

import { avatar } from './avatar.js';
import { roomPage } from './api.js';
import { byId, make } from './dom.js';

/** An add-on's own picture; its initials where there is none or it does not load. */
export function pictureOf(addon) {
  const initials = avatar(addon.name, 'addon');
  if (!/^https?:/iu.test(addon.avatar ?? '')) return initials;
  const picture = make('img', { className: 'avatar addon', alt: '', src: addon.avatar, width: 44, height: 44 });
  picture.addEventListener('error', () => picture.replaceWith(initials), { once: true });
  return picture;
}

/** Scopes in words, for a person. */
export function scopeItems(scopes) {
  if (scopes.length === 0) return [make('li', { className: 'nothing' }, 'Nothing but hearing about its own installation')];
  return scopes.map((scope) => make('li', { data: { scope: scope.id } },
    make('b', {}, scope.name),
    scope.description ? make('span', {}, scope.description) : null));
}

/** Shows the `integrations` of a room; `ask(integration)` is called for a removal. */
export function showInstalled(room, integrations, ask) {
  byId('none').hidden = integrations.length > 0;
  byId('installed').replaceChildren(...integrations.map((integration) =>
    make('li', { className: 'card', data: { key: integration.key } },
      pictureOf(integration),
      make('div', { className: 'about' },
        make('h3', {}, integration.name),
        make('p', { className: 'key' }, make('code', {}, integration.key),
          integration.room_id === null ? ' · in every room' : null),
        integration.description ? make('p', {}, integration.description) : null,
        make('ul', { className: 'scopes' }, scopeItems(integration.scopes))),
      make('div', { className: 'buttons' },
        integration.configurable ? make('a', {
          className: 'button',
          href: `${roomPage(room)}/integrations/${encodeURIComponent(integration.key)}`,
          'aria-label': `Configure ${integration.name}`,
        }, 'Configure') : null,
        make('button', {
          type: 'button',
          className: 'button danger',
          'aria-label': `Remove ${integration.name}`,
          onclick: () => ask(integration),
        }, 'Remove')))));
}

/** Asks whether to remove it; resolves to true for yes. */
export function confirmRemoval(integration) {
  const dialog = byId('removal');
  byId('removal-title').textContent = `Remove ${integration.name}?`;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'remove'), { once: true });
  });
}
