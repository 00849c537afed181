// Somebody who was invited chooses a password. The code is in the address, where no server sees it.

import { post } from './api.js';
import { byId } from './dom.js';
import { onSubmit, tell } from './forms.js';

const code = location.hash.slice(1);

onSubmit('form', 'problem', async ({ password }) => {
  await post('/api/join', { code, password });
  location.replace('/');
});

post('/api/join', { code }).then(({ person, group }) => {
  byId('person').textContent = `, ${person.name}`;
  byId('lead').textContent = `You were invited to ${group}. There you are @${person.mention_name}.`;
  byId('username').value = person.mention_name;
  byId('form').hidden = false;
  byId('password').focus();
}, (error) => tell('problem', error.message));
