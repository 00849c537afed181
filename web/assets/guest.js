// Somebody comes by the guest link of a room.

import { get, post } from './api.js';
import { byId } from './dom.js';
import { onSubmit, tell } from './forms.js';

const path = `/api/guests/${location.pathname.split('/')[2]}`;

onSubmit('form', 'problem', async ({ name }) => {
  await post(path, { name });
  location.replace('/');
});

get(path).then(({ room, group }) => {
  byId('title').textContent = room;
  byId('lead').textContent = `You are invited into this room of ${group}, as a guest. You will see what is said there, and nothing else.`;
  byId('form').hidden = false;
  byId('name').focus();
}, (error) => tell('problem', error.message));
