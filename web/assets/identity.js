// Who this browser tab is. One name a tab (sessionStorage); the name used last in this browser is
// only suggested. `?as=Ada` in the address names the tab and is then removed from the address.

const KEY = 'hipchat.name';
const LAST = 'hipchat.lastName';
const LONGEST = 50;  // characters, as the host allows

function stored(storage, key) {
  try {
    return storage()?.getItem(key) ?? '';
  } catch {
    return '';  // storage is switched off
  }
}

function store(storage, key, value) {
  try {
    if (value === '') storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    // Without storage the name lasts as long as the page.
  }
}

const ofTab = () => window.sessionStorage;
const ofBrowser = () => window.localStorage;

/** The tab's name; empty while nobody has said. */
export function nameOfTab() {
  const address = new URL(location.href);
  const asked = (address.searchParams.get('as') ?? '').trim();
  if (address.searchParams.has('as')) {
    address.searchParams.delete('as');
    history.replaceState(null, '', address);
  }
  if (asked !== '') setName([...asked].slice(0, LONGEST).join(''));
  return stored(ofTab, KEY);
}

export function setName(name) {
  store(ofTab, KEY, name);
  store(ofBrowser, LAST, name);
}

/** Makes the tab nobody's. */
export function forgetName() {
  store(ofTab, KEY, '');
}

export const suggestedName = () => stored(ofBrowser, LAST);

/** Text kept for this tab until it is closed: drafts and what is not sent yet. */
export const keep = (key, value) => store(ofTab, key, value);
export const kept = (key) => stored(ofTab, key);
