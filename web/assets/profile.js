// One's own profile: what others see, password, tokens, sessions.

import { get, post, put, remove } from './api.js';
import { byId, make } from './dom.js';
import { onSubmit, tell } from './forms.js';
import { SCOPES } from './scopes.js';

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
let me = null;

function done(message) {
  tell('done', message);
  byId('done').scrollIntoView({ block: 'nearest' });
}

function fill(profile) {
  me = profile;
  for (const [id, value] of Object.entries({
    name: profile.name, mention: profile.mention_name, email: profile.email, title: profile.title,
    timezone: profile.timezone, show: profile.presence.show, status: profile.presence.status,
  })) byId(id).value = value;
}

onSubmit('about', 'about-problem', async ({ show, status, ...values }) => {
  fill(await put('/api/profile', { ...values, presence: { show, status } }));
  done('Saved.');
});

onSubmit('passwords', 'passwords-problem', async (values) => {
  await put('/api/profile/password', values);
  byId('passwords').reset();
  await showSessions();
  done('Your password is changed.');
});

const tokenPath = () => `/api/people/${me.id}/tokens`;

const row = (title, detail, ...actions) =>
  make('li', {}, make('div', { className: 'about' }, make('span', {}, title), make('small', {}, detail)), ...actions);

const none = (text) => make('li', { className: 'none' }, text);

function tokenRow({ id, label, scopes, created, expires }) {
  const button = make('button', { className: 'button danger', type: 'button', 'aria-label': `Revoke ${label}` }, 'Revoke');
  button.addEventListener('click', async () => {
    try {
      await remove(`${tokenPath()}/${encodeURIComponent(id)}`);
      await showTokens();
      done(`The token ${label} is void.`);
    } catch (error) {
      tell('token-problem', error.message);
    }
  });
  const dates = `made ${day.format(new Date(created))}, good until ${day.format(new Date(expires))}`;
  return row(label, `${scopes.map((scope) => SCOPES[scope] ?? scope).join(' · ')} (${dates})`, button);
}

async function showTokens() {
  const { tokens } = await get(tokenPath());
  byId('tokens').replaceChildren(...(tokens.length > 0 ? tokens.map(tokenRow) : [none('You have none.')]));
}

byId('scopes').append(...Object.entries(SCOPES).map(([id, words]) =>
  make('label', {}, make('input', { type: 'checkbox', name: 'scope', value: id }), make('span', {}, words))));

onSubmit('token-form', 'token-problem', async ({ label }) => {
  const scopes = [...document.querySelectorAll('#scopes input:checked')].map((each) => each.value);
  if (scopes.length === 0) throw new Error('Choose at least one thing that the token may do.');
  const { token } = await post(tokenPath(), { label, scopes });
  byId('token').textContent = token;
  byId('token-made').hidden = false;
  byId('token-form').reset();
  await showTokens();
});

/** "Firefox on Linux", as far as the browser says. */
function browserOf(agent) {
  const browser = ['Firefox', 'Edg', 'OPR', 'Chrome', 'Safari'].find((name) => agent.includes(name));
  const system = ['Android', 'iPhone', 'Windows', 'Mac OS', 'Linux'].find((name) => agent.includes(name));
  const name = { Edg: 'Edge', OPR: 'Opera' }[browser] ?? browser ?? 'A browser';
  return system ? `${name} on ${system}` : name;
}

async function showSessions() {
  const { sessions } = await get('/api/sessions');
  byId('sessions').replaceChildren(...sessions.map(({ browser, created, is_this: isThis }) =>
    row(browserOf(browser), `since ${day.format(new Date(created))}${isThis ? ', this one' : ''}`)));
}

byId('end-others').addEventListener('click', async () => {
  try {
    await remove('/api/sessions');
    await showSessions();
    done('You are signed in here only.');
  } catch (error) {
    tell('sessions-problem', error.message);
  }
});
byId('sign-out').addEventListener('click', async () => {
  await remove('/api/session').catch(() => {});
  location.replace('/sign-in');
});

byId('zones').append(...(Intl.supportedValuesOf?.('timeZone') ?? ['UTC']).map((zone) => make('option', { value: zone })));

async function show() {
  fill(await get('/api/profile'));
  await Promise.all([showTokens(), showSessions()]);
}
show().catch((error) => tell('about-problem', error.message));
