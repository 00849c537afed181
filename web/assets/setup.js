// The first owner of the group. The code that some hosts ask for is in the address.

import { get, post } from './api.js';
import { byId } from './dom.js';
import { onSubmit, tell } from './forms.js';

const code = location.hash.slice(1);

onSubmit('form', 'problem', async ({ addon, ...values }) => {
  await post('/api/setup', code === '' ? values : { ...values, code });
  const link = `/addons/install?room=${encodeURIComponent(values.room)}&url=${encodeURIComponent(addon)}`;
  location.replace(addon === '' ? `/rooms/${encodeURIComponent(values.room)}` : link);
});

get('/api/session').then(({ mode }) => {
  if (mode === 'accounts') location.replace('/');
  else if (mode === 'setup' && code === '') tell('problem', 'Open the link that the host printed when it started: it holds a code.');
}, () => {});
byId('group').focus();
