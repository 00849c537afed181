// Who belongs to the group; admins invite, give roles, and let people go.

import { get, post, put, remove } from './api.js';
import { avatar } from './avatar.js';
import { byId, make } from './dom.js';
import { onSubmit, tell } from './forms.js';

const ROLES = { guest: 'Guest', member: 'Member', admin: 'Admin', owner: 'Owner' };
let you = null;

const isAdmin = () => you?.role === 'admin' || you?.role === 'owner';
const pathOf = ({ id }) => `/api/people/${id}`;

async function attempt(action, message) {
  tell('problem', '');
  try {
    await action();
    await show();
    if (message) tell('done', message);
  } catch (error) {
    tell('problem', error.message);
    await show().catch(() => {});
  }
}

function roleChoice(person) {
  const choices = ['member', 'admin', ...(you.role === 'owner' ? ['owner'] : [])];
  const select = make('select', { 'aria-label': `Role of ${person.name}` },
    ...choices.map((each) => make('option', { value: each, selected: each === person.role }, ROLES[each])));
  select.addEventListener('change', () => attempt(
    () => put(`${pathOf(person)}/role`, { role: select.value }), `${person.name} is now: ${ROLES[select.value]}.`));
  return select;
}

function button(text, label, run, look = '') {
  const made = make('button', { className: `button ${look}`, type: 'button', 'aria-label': label }, text);
  made.addEventListener('click', run);
  return made;
}

function showLink(person, link) {
  byId('made').replaceChildren(`Send this link to ${person.name}. It works once, within a week: `, make('code', {}, link));
  byId('made').hidden = false;
  byId('made').scrollIntoView({ block: 'nearest' });
}

async function askRemoval(person) {
  const dialog = byId('sure');
  byId('sure-title').textContent = `Deactivate ${person.name}?`;
  dialog.returnValue = 'cancel';
  dialog.showModal();
  await new Promise((resolve) => { dialog.addEventListener('close', resolve, { once: true }); });
  if (dialog.returnValue === 'remove') await attempt(() => remove(pathOf(person)), `${person.name} is deactivated.`);
}

const stateOf = ({ has_account: has, invited_until: until, role }) =>
  (has || role === 'guest' ? '' : until ? ' · invited' : ' · has no password');

function row(person) {
  const above = person.role === 'owner' && you?.role !== 'owner';
  const actions = !isAdmin() || above ? [make('span', { className: 'aside' }, ROLES[person.role])] : [
    person.role === 'guest' ? make('span', { className: 'aside' }, ROLES.guest) : roleChoice(person),
    person.role === 'guest' || person.id === you.id ? null : button('New link', `New link for ${person.name}`, () =>
      attempt(async () => showLink(person, (await post(`${pathOf(person)}/invitation`, {})).link))),
    person.id === you.id ? null : button('Deactivate', `Deactivate ${person.name}`, () => askRemoval(person), 'danger'),
  ];
  return make('li', {}, avatar(person.name),
    make('div', { className: 'about' },
      make('span', {}, person.name, person.id === you?.id ? ' (you)' : ''),
      make('small', {}, `@${person.mention_name}${person.title ? ` · ${person.title}` : ''}${stateOf(person)}`)),
    ...actions);
}

async function show() {
  const [{ you: me }, { people }] = await Promise.all([get('/api/session'), get('/api/people')]);
  you = me;
  byId('invite').hidden = !isAdmin();
  byId('count').textContent = String(people.length);
  byId('list').replaceChildren(...people.sort((a, b) => a.name.localeCompare(b.name)).map(row));
}

onSubmit('invite-form', 'invite-problem', async (values) => {
  const { person, link } = await post('/api/people', values);
  byId('invite-form').reset();
  showLink(person, link);
  await show();
});

show().catch((error) => tell('problem', error.message));
