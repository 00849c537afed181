// The page's half of the frame protocol: a page of an add-on loads it with
//
//   <script src="{host}/atlassian-connect/all.js"></script>
//
// and has AP, and HipChat as the same object. What can be called is announced by the host in
// window.name, {"extension_id", "origin", "api": {module: {function: {"args": [name]}}}, "options"}, so
// that a host that learns a function needs no change here.
//
//   AP.{module}.{function}(…, callback)      callback(error, value), once
//   AP.{module}.{function}Async(…)           a promise of the value, rejected with an Error
//   AP.require(name or [names], callback)    callback(module, …); undefined for what is not announced
//   AP.register({event: handler})            handler(data, answer); a handler replaces the one before it
//   AP.broadcast(event, data)                to the other open pages of this add-on
//
// Only the parent window, and only with the announced origin, is listened and spoken to. Loaded as
// all-debug.js, the same script says on the console what it refuses and why.
(() => {
  'use strict';

  if (window.HipChat && window.HipChat === window.AP) return;  // loaded twice

  const debugging = /\/all-debug\.js(?:[?#]|$)/u.test(document.currentScript?.src ?? '');
  const say = debugging ? (...words) => console.warn('[HipChat connect]', ...words) : () => {};

  const announced = readAnnouncement();
  const handlers = new Map();   // event name -> handler
  const callbacks = new Map();  // mid -> callback of a request that is not answered yet
  let lastMid = 0;

  const AP = { register, broadcast, require: requireModules };
  const modules = new Map();
  for (const [name, functions] of Object.entries(announced?.api ?? {})) addModule(name, functions);
  window.AP = AP;
  window.HipChat = AP;

  if (announced) {
    showTheme();
    window.addEventListener('message', receive);
    window.addEventListener('keydown', tellOfEscape);
    post({ type: 'init' });
  }

  /** What the host announced; null where the page is not in a host's frame. */
  function readAnnouncement() {
    if (window.parent === window) {
      say('This page is not in a frame; nothing but register, broadcast and require is defined, and they reach nobody.');
      return null;
    }
    let value = null;
    try {
      value = JSON.parse(window.name);
    } catch {
      // Said below.
    }
    if (typeof value?.extension_id !== 'string' || !isObject(value.api) || !isWebOrigin(value.origin)) {
      say('The frame\'s name does not hold what a HipChat host announces:', window.name);
      return null;
    }
    return value;
  }

  /** For all.css: the theme is in the page's address at first, and announced for the pages after it. */
  function showTheme() {
    const theme = new URLSearchParams(location.search).get('theme') ?? announced.options?.theme;
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme ??= theme;
  }

  function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  }

  /** "*" and "null" are what would make postMessage speak to anybody. */
  function isWebOrigin(text) {
    try {
      return /^https?:/u.test(text) && new URL(text).origin === text;
    } catch {
      return false;
    }
  }

  /** A name that can be defined without touching what every object has. */
  function isUsable(name, taken) {
    const usable = /^[A-Za-z][A-Za-z0-9]*$/u.test(name) && !(name in Object.prototype) && !Object.hasOwn(taken, name);
    if (!usable) say(`The host announced "${name}", which is not usable as a name here.`);
    return usable;
  }

  function addModule(name, functions) {
    if (!isUsable(name, AP) || !isObject(functions)) return;
    const module = {};
    for (const fn of Object.keys(functions)) {
      if (isUsable(fn, module)) module[fn] = (...args) => call(name, fn, args);
    }
    for (const fn of Object.keys(module)) {
      const twin = `${fn}Async`;
      if (!Object.hasOwn(module, twin)) module[twin] = (...args) => callAsync(name, fn, args);
    }
    AP[name] = Object.freeze(module);
    modules.set(name, module);
  }

  function call(mod, fn, args) {
    const message = { type: 'req', mod, fn, args };
    let callback = null;
    if (typeof args.at(-1) === 'function') {
      callback = args.at(-1);
      message.args = args.slice(0, -1);
    } else if (debugging) {
      callback = (error) => error && say(`${mod}.${fn}:`, error);
    }
    if (callback) {
      lastMid += 1;
      message.mid = String(lastMid);
      callbacks.set(message.mid, callback);
    }
    post(message);
  }

  function callAsync(mod, fn, args) {
    return new Promise((resolve, reject) => {
      call(mod, fn, [...args, (error, value) => {
        if (error) reject(new Error(typeof error === 'string' ? error : error.message ?? 'The host refused'));
        else resolve(value);
      }]);
    });
  }

  function requireModules(names, callback) {
    const found = [].concat(names).map((name) => {
      if (!modules.has(name)) say(`require: the host has no module "${name}"; it has ${[...modules.keys()].join(', ')}.`);
      return modules.get(name);
    });
    if (typeof callback === 'function') callback(...found);
  }

  function register(map) {
    for (const [event, handler] of Object.entries(map ?? {})) {
      if (typeof handler === 'function') handlers.set(event, handler);
      else say(`register: the handler of "${event}" is not a function.`);
    }
    post({ type: 'event_query', args: [...handlers.keys()] });
  }

  function broadcast(event, data) {
    post({ type: 'broadcast', etyp: String(event), evnt: data });
  }

  function post(message) {
    if (!announced) return;
    const whole = { eid: announced.extension_id, ...message };
    try {
      window.parent.postMessage(whole, announced.origin);
    } catch (error) {
      // Functions and elements cannot be sent: a page that passes its click event means nothing by it.
      say('Something in this message cannot be sent to the host and is left out:', whole, error);
      window.parent.postMessage(sendable(whole), announced.origin);
    }
  }

  /** The message with its values as JSON has them; what JSON cannot hold becomes null. */
  function sendable(message) {
    const plain = (value) => {
      try {
        return JSON.parse(JSON.stringify(value) ?? 'null');
      } catch {
        return null;
      }
    };
    const copy = { ...message };
    if (Array.isArray(copy.args)) copy.args = copy.args.map(plain);
    if ('evnt' in copy) copy.evnt = plain(copy.evnt);
    return copy;
  }

  /** The host closes its dialog by Escape, also while the page has the keyboard. */
  function tellOfEscape(event) {
    if (event.key === 'Escape' && !event.defaultPrevented) post({ type: 'key_triggered', keycode: 27 });
  }

  function receive(event) {
    if (event.source !== window.parent || event.origin !== announced.origin) {
      say(`A message from ${event.origin} is ignored: the host is ${announced.origin}.`);
      return;
    }
    const message = event.data;
    if (!isObject(message)) return;
    if (message.type === 'resp') settle(message);
    else if (message.type === 'evt') handle(message);
  }

  function settle({ mid, args }) {
    const callback = callbacks.get(mid);
    if (!callback) {
      say('An answer belongs to no request of this page:', mid);
      return;
    }
    callbacks.delete(mid);
    callback(...(Array.isArray(args) ? args : []));
  }

  /** An event that nobody handles is answered at once; a handler answers when it wants to. */
  function handle({ etyp, evnt, mid }) {
    let open = mid !== undefined;
    const answer = (...args) => {
      if (!open) return;
      open = false;
      post({ type: 'resp', mid, args });
    };
    const handler = handlers.get(etyp);
    if (handler) handler(evnt, answer);
    else answer();
  }
})();
