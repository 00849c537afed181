// Who is signed in, if anybody needs to be.

import { get } from './api.js';
import { byId } from './dom.js';

/**
 * Asks the host, and shows the links that are of use: {mode, you, group}; `you` is null where a tab chooses
 * its name itself.
 */
export async function session() {
  const found = await get('/api/session');
  const isMember = found.you !== null && found.you.role !== 'guest';
  byId('to-people').hidden = !isMember;
  byId('to-profile').hidden = !isMember;
  byId('to-setup').hidden = found.mode !== 'single_user';
  return found;
}

export const isAdmin = (role) => role === 'admin' || role === 'owner';
