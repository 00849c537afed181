// Who may come into a room: everybody, members, guests.

import { get, put, remove, roomOfPage, roomPage, roomPath } from './api.js';
import { avatar } from './avatar.js';
import { byId, make } from './dom.js';
import { tell, valuesOf } from './forms.js';
import { roomFacts } from './rooms.js';

const room = roomOfPage();
const path = `${roomPath(room)}/access`;
let people = [];

async function change(action, message) {
  tell('problem', '');
  tell('done', '');
  try {
    show(await action());
    tell('done', message);
  } catch (error) {
    tell('problem', error.message);
    show(await get(path));
  }
}

function memberRow(member) {
  const button = make('button', { className: 'button danger', type: 'button', 'aria-label': `Remove ${member.name}` }, 'Remove');
  button.addEventListener('click', () => change(() => remove(`${path}/${member.id}`), `${member.name} is no member any more.`));
  const admin = make('input', { type: 'checkbox', checked: member.is_admin });
  admin.addEventListener('change', () => change(
    () => put(`${path}/${member.id}`, { is_admin: admin.checked }), `${member.name} ${admin.checked ? 'administers' : 'does not administer'} the room now.`));
  return make('li', {}, avatar(member.name),
    make('div', { className: 'about' }, make('span', {}, member.name), make('small', {}, `@${member.mention_name}`)),
    make('label', { className: 'switch' }, admin, make('span', {}, 'Admin')), button);
}

function show(access) {
  for (const choice of document.querySelectorAll('[name="privacy"]')) choice.checked = choice.value === access.privacy;
  byId('members-part').hidden = access.privacy !== 'private';
  byId('members').replaceChildren(...(access.members.length > 0
    ? access.members.map(memberRow) : [make('li', { className: 'none' }, 'Nobody yet, besides the owner.')]));
  byId('guests').checked = access.guest_link !== null;
  byId('guest-link').hidden = access.guest_link === null;
  byId('link').textContent = access.guest_link ?? '';
}

byId('privacy').addEventListener('change', (event) =>
  change(() => put(path, { privacy: event.target.value }), `The room is ${event.target.value} now.`));
byId('guests').addEventListener('change', ({ target }) =>
  change(() => put(path, { guests: target.checked }), target.checked ? 'Guests can come in.' : 'Guests cannot come in any more.'));
byId('member-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const wanted = valuesOf(event.target).person;
  const known = people.find((each) => each.name === wanted);
  change(() => put(`${path}/${encodeURIComponent(known ? known.id : wanted)}`, {}), `${wanted} is a member.`);
  event.target.reset();
});

byId('back').href = roomPage(room);
async function start() {
  const [facts, access, all] = await Promise.all([roomFacts(room), get(path), get('/api/people')]);
  byId('room-name').textContent = facts.room.name;
  document.title = `Who may come in · ${facts.room.name} · HipChat`;
  people = all.people.filter((each) => each.role !== 'guest');
  byId('people').append(...people.map((each) => make('option', { value: each.name }, `@${each.mention_name}`)));
  show(access);
}
start().catch((error) => tell('problem', error.message));
