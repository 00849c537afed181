// What a page of an add-on loads to call its own add-on, without a line about tokens:
//
//   <script src="{base}/addon/connect.js" data-host="{URL of all.js}" data-base="{base URL}"
//           data-token="{page token}" data-life="{seconds}"></script>
//
// which is what {{{connect}}} in a template, or page.connect_script(), stands for. It loads the host's
// script API as well, and leaves one object behind:
//
//   connect.fetch(url, options)  as window.fetch, with the page's token, which is renewed as needed;
//                                options.json is sent as a JSON body. Addresses of this add-on only:
//                                "/api/x" lies below its base URL.
//   connect.token()              the token as it is now
//   connect.ready                a promise of HipChat, the host's script API; rejected when that
//                                cannot be loaded
//
// Forms that lead to this add-on are sent with the newest token in the field signed_request.
(() => {
  'use strict';

  const given = document.currentScript.dataset;
  const base = new URL(given.base.endsWith('/') ? given.base : `${given.base}/`);
  const life = Number(given.life) * 1000;  // milliseconds
  const patience = 10000;                  // milliseconds that the host has for a new token

  let token;
  let taken;  // when, on this page's clock
  let asking = null;
  const take = (next) => {
    token = next;
    taken = performance.now();
  };
  take(given.token);

  const ready = new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = given.host;
    script.onload = () => {
      if (window.HipChat) resolve(window.HipChat);
      else reject(new Error(`${given.host} did not bring HipChat`));
    };
    script.onerror = () => reject(new Error(`cannot load ${given.host}`));
    document.head.append(script);
  });
  ready.catch(() => {});  // who waits for it hears of it

  // The host's word that this page is still open for this person: one question at a time.
  function askHost() {
    asking ??= new Promise((resolve, reject) => {
      if (window.parent === window) reject(new Error('this page is not in a host; open it again'));
      setTimeout(() => reject(new Error('the host gave no token')), patience);
      ready.then((host) => host.auth.withToken((error, jwt) => {
        if (error || !jwt) reject(new Error(error?.message ?? 'the host gave no token'));
        else resolve(jwt);
      })).catch(reject);
    }).then(take).finally(() => { asking = null; });
    return asking;
  }

  // An absolute URL of this add-on, or null: a token goes nowhere else.
  function own(url) {
    const text = String(url);
    const below = text.startsWith('/') && !text.startsWith('//');
    const found = below ? new URL(base.href + text.slice(1)) : new URL(text, document.baseURI);
    return found.origin === base.origin && found.pathname.startsWith(base.pathname) ? found : null;
  }

  async function send(address, options) {
    const sent = token;
    const headers = new Headers(options.headers);
    headers.set('Authorization', `JWT ${sent}`);
    const answer = await window.fetch(address, { ...options, headers });
    const renewed = answer.headers.get('x-acpt');
    if (renewed) take(renewed);
    return { answer, sent };
  }

  async function fetchOwn(url, options = {}) {
    const address = own(url);
    if (!address) throw new TypeError(`connect.fetch: ${url} is no address of this add-on`);
    const { json, ...plain } = options;
    if (json !== undefined) {
      plain.method ??= 'POST';
      plain.headers = new Headers(plain.headers);
      plain.headers.set('Content-Type', 'application/json');
      plain.body = JSON.stringify(json);
    }
    const { answer, sent } = await send(address, plain);
    if (answer.status !== 401) return answer;
    try {
      if (sent === token) await askHost();
    } catch {
      return answer;  // which says what is the matter
    }
    return (await send(address, plain)).answer;
  }

  function put(form) {
    let field = form.querySelector('input[type=hidden][name=signed_request]');
    if (!field) {
      field = document.createElement('input');
      field.type = 'hidden';
      field.name = 'signed_request';
      form.append(field);
    }
    field.value = token;
  }

  const waited = new WeakSet();  // forms that were held back for a token, and now go

  window.addEventListener('submit', (event) => {
    const form = event.target;
    const goal = event.submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    if (event.defaultPrevented || !own(goal || document.location.href)) return;
    put(form);
    if (waited.delete(form) || performance.now() - taken < life - patience) return;
    event.preventDefault();
    const { submitter } = event;
    // Without a new token the old one is tried, so that the person learns what is the matter.
    askHost().catch(() => {}).then(() => {
      waited.add(form);
      form.requestSubmit(submitter);
    });
  });

  window.connect = Object.freeze({ fetch: fetchOwn, token: () => token, ready });
})();
