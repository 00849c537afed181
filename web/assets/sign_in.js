// Signing in; leads on to where one wanted to go.

import { get, post } from './api.js';
import { byId } from './dom.js';
import { nextPage, onSubmit } from './forms.js';

onSubmit('form', 'problem', async ({ name, password }) => {
  await post('/api/session', { name, password });
  location.replace(nextPage());
});

get('/api/session').then(({ mode, group, you }) => {
  if (mode === 'setup') location.replace('/setup');
  else if (mode === 'single_user' || you !== null) location.replace(nextPage());
  else byId('group').textContent = group;
}, () => {});
byId('name').focus();
