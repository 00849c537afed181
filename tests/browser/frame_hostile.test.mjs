// What the two halves of the frame protocol do not believe. Attackers here hold real windows: frames,
// frames in frames, pop-ups, hosts that are none.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startBrowser } from './browser.mjs';
import { callsOf, gotBy, openHost, settled, show, startSites } from './frame_sites.mjs';

let browser;
let sites;
before(async () => {
  browser = await startBrowser();
  sites = await startSites();
});
after(async () => {
  await browser.close();
  await sites.stop();
});

const LIMIT = { timeout: 60000 };

const inHost = (use) => async () => {
  const page = await openHost(browser, sites);
  try {
    await use(page, `${sites.addon}/bare`);
  } finally {
    await page.context().close();
  }
};

const CLOSE = { type: 'req', mod: 'dialog', fn: 'close', args: [] };

/** A bare page that has said init, as an honest one does. */
async function showOpen(page, what) {
  const shown = await show(page, what);
  await shown.frame.evaluate(() => say({ type: 'init' }));
  return shown;
}

/** The host has heard all there is and has run nothing but what is given. */
async function assertCalls(page, from, names) {
  await settled(page, from);
  assert.deepEqual((await callsOf(page)).map(({ name }) => name), names);
}

// proves: host 7.1 origin rules
test('a page on another origin is not believed, though it has the frame, its window and its name', LIMIT, inHost(async (page, location) => {
  const { eid, frame } = await showOpen(page, { location });
  await frame.goto(`${sites.other}/bare`);
  assert.equal(await frame.evaluate(() => window.eid), eid, 'the name has stayed');
  await frame.evaluate((request) => { say({ type: 'init' }); say(request); }, { ...CLOSE, mid: '1' });
  await assertCalls(page, frame, []);
  await page.evaluate((id) => shown.get(id).tell('secret', { of: 'the declared origin' }), eid);
  assert.deepEqual(await gotBy(page, { eid, frame }), [], 'nothing is sent to another origin');
}));

// proves: host 7.1 origin rules
test('an origin that the declared URL merely starts with is another origin', LIMIT, inHost(async (page, location) => {
  const { frame } = await showOpen(page, { url: `${location}s-and-more/{path}`, location });
  await frame.evaluate((request) => say(request), CLOSE);
  await assertCalls(page, frame, ['dialog.close']);
  const longer = sites.addon.replace('localhost', 'localhost.example.test');
  assert.match(await page.evaluate(([url, place]) => {
    try {
      return show({ addonKey: 'a', moduleKey: 'b', url, location: place });
    } catch (error) {
      return error.message;
    }
  }, [`${longer}/bare`, location]), /not on the origin of its declared URL/u);
}));

test('the page of another add-on that knows an eid cannot use it', LIMIT, inHost(async (page, location) => {
  const victim = await showOpen(page, { addonKey: 'victim', location, scopes: ['view_room'] });
  const thief = await showOpen(page, { addonKey: 'thief', location });  // on the same server, even
  await thief.frame.evaluate((eid) => {
    for (const type of ['init', 'event_query', 'broadcast']) say({ eid, type, args: ['x'], etyp: 'x' });
    say({ eid, type: 'req', mod: 'room', fn: 'getRoomDetails', args: [], mid: 'stolen' });
  }, victim.eid);
  await assertCalls(page, thief.frame, []);
  assert.deepEqual(await gotBy(page, thief), []);
  assert.deepEqual(await gotBy(page, victim), []);
}));

test('an eid that nobody was given is ignored', LIMIT, inHost(async (page, location) => {
  const { frame } = await showOpen(page, { location });
  await frame.evaluate((request) => {
    for (const eid of ['an.addon__panel__00', '__proto__', 'constructor', '', null, 7, {}, ['x']]) say({ ...request, eid });
  }, CLOSE);
  await assertCalls(page, frame, []);
}));

test('a frame inside the frame, and a window it opened, are other windows', LIMIT, inHost(async (page, location) => {
  const { eid, frame } = await showOpen(page, { location });
  await frame.evaluate(async ([address, id, request]) => {
    const speak = (view) => view.eval(`(${(target, own, message) => {
      target.postMessage({ eid: own, type: 'init' }, '*');
      target.postMessage({ ...message, eid: own }, '*');
    }})`)(top, id, request);
    const inner = document.createElement('iframe');
    inner.src = address;
    document.body.append(inner);
    await new Promise((resolve) => { inner.onload = resolve; });
    speak(inner.contentWindow);
    const popup = window.open(address);
    await new Promise((resolve) => { popup.onload = resolve; });
    speak(popup);
  }, [location, eid, CLOSE]);
  await page.waitForFunction(() => heard.filter((each) => each?.type === 'req').length === 2);
  await assertCalls(page, frame, []);
  await frame.evaluate((request) => say(request), CLOSE);
  await assertCalls(page, frame, ['dialog.close']);
}));

// proves: host 7.1 init
test('nothing counts before init, nor after the frame was closed', LIMIT, inHost(async (page, location) => {
  const { eid, frame } = await show(page, { location });
  await frame.evaluate((request) => say(request), CLOSE);
  await assertCalls(page, frame, []);
  await frame.evaluate((request) => { say({ type: 'init' }); say(request); }, CLOSE);
  await assertCalls(page, frame, ['dialog.close']);
  const still = await show(page, { moduleKey: 'still', location });
  await page.evaluate((id) => {
    const frame = shown.get(id);
    const { element } = frame;
    host.close(frame);
    document.body.append(element);  // as if somebody had kept it
  }, eid);
  const again = await (await page.waitForSelector(`iframe[id="${eid}"]`)).contentFrame();
  await again.waitForFunction(() => window.say);
  await again.evaluate((request) => { say({ type: 'init' }); say(request); }, CLOSE);
  await settled(page, again);
  await assertCalls(page, still.frame, ['dialog.close']);
}));

test('functions that were not announced are not there', LIMIT, inHost(async (page, location) => {
  const { frame } = await showOpen(page, { location });
  const asked = [
    ['dialog', 'update'], ['dialog', 'constructor'], ['dialog', '__proto__'], ['constructor', 'constructor'],
    ['__proto__', 'toString'], ['sidebar', 'closeView'], ['auth', 'toString'], [null, null], [{}, []], ['dialog', ['close']],
  ];
  const answers = await frame.evaluate((pairs) => Promise.all(pairs.map(([mod, fn], mid) => new Promise((resolve) => {
    addEventListener('message', ({ data }) => { if (data.mid === mid) resolve(data.args); });
    say({ type: 'req', mod, fn, args: [], mid });
  }))), asked);
  for (const answer of answers) assert.deepEqual(answer, ['This host has no such function.']);
  await assertCalls(page, frame, []);
}));

test('names in what a page sends reach no prototype', LIMIT, inHost(async (page, location) => {
  const { frame } = await showOpen(page, { location });
  const other = await showOpen(page, { moduleKey: 'other', location });
  const evil = '{"key": "k", "__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "deep": {"__proto__": {"polluted": 1}}}';
  await frame.evaluate((text) => {
    const value = JSON.parse(text);  // has __proto__ as a member of its own, and the clone has it too
    say({ type: 'req', mod: 'dialog', fn: 'open', args: [value] });
    say({ type: 'broadcast', etyp: '__proto__', evnt: value });
    say({ type: 'event_query', args: ['__proto__', 'constructor', value, null] });
    say({ type: '__proto__' });
    say({ type: 'resp', mid: '__proto__', args: [] });
  }, evil);
  await assertCalls(page, frame, ['dialog.open']);
  const members = await page.evaluate(() => {
    const [options] = calls[0].args;
    return [Object.keys(options), Object.keys(options.deep), ...[options, options.deep, {}].map((each) => String(each.polluted))];
  });
  assert.deepEqual(members, [['key', 'deep'], [], 'undefined', 'undefined', 'undefined']);
  assert.deepEqual(await gotBy(page, other), [{ type: 'evt', etyp: '__proto__', evnt: { key: 'k', deep: {} } }]);
}));

test('messages that are no plain objects, and values that JSON has not, harm nobody', LIMIT, inHost(async (page, location) => {
  const { frame } = await showOpen(page, { location });
  const answers = await frame.evaluate(async () => {
    const cycle = {};
    cycle.itself = cycle;
    let deep = {};
    for (let level = 0; level < 1000; level += 1) deep = { deep };
    const holes = [];
    holes.length = 2 ** 32 - 1;
    const values = [
      cycle, { deep }, { holes }, { date: new Date() }, { map: new Map([['key', 1]]) }, { set: new Set() }, { big: 1n },
      { not: NaN }, { file: new File(['x'], 'x') }, { bytes: new Uint8Array(4) }, { error: new Error('x') }, { wide: Array(30000).fill(0) },
    ];
    for (const message of [null, 'text', 7, [], [1], new Map([['eid', eid]]), new Date(), new Uint8Array(2), true, undefined]) {
      parent.postMessage(message, '*');
    }
    const { port1 } = new MessageChannel();
    parent.postMessage({ eid, type: 'req', mod: 'dialog', fn: 'open', args: [{ key: 'k' }], port: port1 }, '*', [port1]);
    const answers = [];
    for (const [mid, value] of values.entries()) {
      answers.push(await new Promise((resolve) => {
        addEventListener('message', ({ data }) => { if (data.mid === mid) resolve(data.args[0]); });
        say({ type: 'req', mod: 'dialog', fn: 'open', args: [{ key: 'k', ...value }], mid });
      }));
      say({ type: 'broadcast', etyp: 'odd', evnt: value });
    }
    for (const args of [undefined, null, 'text', { length: 1, 0: { key: 'k' } }, new Map()]) {
      say({ type: 'req', mod: 'dialog', fn: 'open', args });
      say({ type: 'event_query', args });
    }
    return answers;
  });
  const patterns = [
    /20 levels/u, /20 levels/u, /20000 values/u, /not Date/u, /not Map/u, /not Set/u, /not 1/u,
    /not NaN/u, /not File/u, /not Uint8Array/u, /not Error/u, /20000 values/u,
  ];
  patterns.forEach((pattern, index) => assert.match(answers[index], pattern));
  await assertCalls(page, frame, ['dialog.open']);  // the one with the port
  assert.deepEqual(page.complaints, []);
}));

test('an answer to nothing, and a second answer, change nothing', LIMIT, inHost(async (page, location) => {
  const { eid, frame } = await showOpen(page, { moduleKey: 'dialog', location });
  await frame.evaluate(() => say({ type: 'event_query', args: ['dialog-button-click'] }));
  await settled(page, frame);
  const pressed = page.evaluate((id) => shown.get(id).pressButton('save'), eid);
  await frame.waitForFunction(() => got.some(({ data }) => data.type === 'evt'));
  const { data } = await frame.evaluate(() => got.find((each) => each.data.type === 'evt'));
  await frame.evaluate((mid) => {
    for (const other of ['0', 'x', null, Number(mid), '__proto__']) say({ type: 'resp', mid: other, args: [true] });
    say({ type: 'resp', mid, args: [false] });
    say({ type: 'resp', mid, args: [true] });
  }, data.mid);
  assert.equal(await pressed, false);
}));

test('addresses that must not be in a frame are refused', LIMIT, inHost(async (page) => {
  const refused = (url, location) => page.evaluate((what) => {
    try {
      return window.show({ addonKey: 'a', moduleKey: 'b', ...what });
    } catch (error) {
      return `refused: ${error.message}`;
    }
  }, { url, location });
  const good = `${sites.addon}/bare`;
  assert.match(await refused(`${sites.host}/`, `${sites.host}/`), /^refused: .*host's own origin/u);
  assert.match(await refused(good, `${sites.host}/`), /^refused: /u);
  assert.match(await refused(good, `${sites.other}/bare`), /^refused: .*not on the origin/u);
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', `blob:${sites.addon}/1`, 'about:blank', 'file:///etc/passwd', '/relative']) {
    assert.match(await refused(bad, bad), /^refused: /u, bad);
    assert.match(await refused(good, bad), /^refused: /u, bad);
  }
  assert.equal(await page.locator('iframe').count(), 0);
}));

test('a page cannot leave its frame', LIMIT, inHost(async (page, location) => {
  const { frame } = await showOpen(page, { location });
  const outcome = await frame.evaluate((address) => {
    try {
      top.location.href = address;
      return 'navigated';
    } catch (error) {
      return error.name;
    }
  }, `${sites.other}/bare`);
  assert.equal(outcome, 'SecurityError');
  assert.equal(new URL(page.url()).origin, sites.host);
}));

// What follows attacks the page's half.

/** A page of `origin` that embeds the add-on's page with a name of its own making. */
async function embed(origin, name) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/bare`);
  await page.evaluate(([frameName, address]) => {
    window.heard = got;
    const element = document.createElement('iframe');
    element.id = 'target';
    element.name = frameName;
    element.src = address;
    document.body.append(element);
  }, [typeof name === 'string' ? name : JSON.stringify(name), `${sites.addon}/page`]);
  const frame = await (await page.waitForSelector('#target')).contentFrame();
  await frame.waitForFunction(() => document.title === 'page' && window.AP);
  return { page, frame, stop: () => context.close() };
}

const announcement = (more) => ({ extension_id: 'x', origin: sites.host, api: { dialog: { close: { args: [] } } }, options: { globalOptions: {} }, ...more });

test('a page speaks to the announced origin only, and listens to no other parent', LIMIT, async () => {
  const { page, frame, stop } = await embed(sites.other, announcement());
  await frame.evaluate(() => {
    window.seen = [];
    HipChat.register({ event: () => seen.push('event') });
    HipChat.dialog.close(() => seen.push('answer'));
    addEventListener('message', ({ data }) => { if (data === 'end') seen.push('end'); });
  });
  await page.evaluate(() => {
    const { contentWindow } = document.getElementById('target');
    for (const message of [{ type: 'evt', etyp: 'event' }, { type: 'resp', mid: '1', args: [] }, 'end']) contentWindow.postMessage(message, '*');
  });
  await frame.waitForFunction(() => window.seen.includes('end'));
  assert.deepEqual(await frame.evaluate(() => window.seen), ['end']);
  await frame.evaluate(() => parent.postMessage('last', '*'));
  await page.waitForFunction(() => got.some(({ data }) => data === 'last'));
  assert.deepEqual(await page.evaluate(() => got.map(({ data }) => data)), ['last']);
  await stop();
});

// The other window is on the host's own origin, which alone is not enough.
test('a page ignores windows that are not its parent', LIMIT, inHost(async (page) => {
  const { frame } = await show(page, { location: `${sites.addon}/page` });
  await frame.evaluate(async (address) => {
    window.seen = [];
    HipChat.register({ event: () => seen.push('event') });
    addEventListener('message', ({ data, origin }) => { if (data === 'end') seen.push(`end of ${origin}`); });
    const inner = document.createElement('iframe');
    inner.src = address;
    document.body.append(inner);
    await new Promise((resolve) => { inner.onload = resolve; });
  }, `${sites.host}/`);
  await frame.childFrames()[0].evaluate(() => {
    parent.postMessage({ type: 'evt', etyp: 'event' }, '*');
    parent.postMessage('end', '*');
  });
  await frame.waitForFunction(() => window.seen.length > 0);
  assert.deepEqual(await frame.evaluate(() => window.seen), [`end of ${sites.host}`]);
}));

test('a callback is called once, whatever the host sends', LIMIT, inHost(async (page) => {
  const { eid, frame } = await show(page, { location: `${sites.addon}/page` });
  await frame.evaluate(() => {
    window.seen = [];
    HipChat.dialog.close(() => seen.push('answer'));
    HipChat.register({ end: () => seen.push('end') });
  });
  await settled(page, frame);
  await page.evaluate((id) => {
    shown.get(id).post({ type: 'resp', mid: '1', args: [] });
    shown.get(id).tell('end', {});
  }, eid);
  await frame.waitForFunction(() => window.seen.includes('end'));
  assert.deepEqual(await frame.evaluate(() => window.seen), ['answer', 'end']);
}));

test('a name that no host would announce leaves a page without a host', LIMIT, async () => {
  const names = [
    '', 'text', 'null', '7', '[]', announcement({ origin: '*' }), announcement({ origin: 'null' }), announcement({ origin: '/' }),
    announcement({ origin: `${sites.other}/path` }), announcement({ origin: 'javascript:0' }), announcement({ origin: [sites.other] }),
    announcement({ extension_id: 7 }), announcement({ api: [] }), announcement({ api: null }),
  ];
  for (const name of names) {
    const { page, frame, stop } = await embed(sites.other, name);
    assert.deepEqual(await frame.evaluate(() => Object.keys(AP)), ['register', 'broadcast', 'require'], JSON.stringify(name));
    await frame.evaluate(() => {
      HipChat.broadcast('event', 'secret');
      parent.postMessage('last', '*');
    });
    await page.waitForFunction(() => got.length > 0);
    assert.deepEqual(await page.evaluate(() => got.map(({ data }) => data)), ['last']);
    await stop();
  }
});

test('names of an announcement reach no prototype and replace nothing', LIMIT, async () => {
  const functions = '{"close": {"args": []}, "__proto__": {"polluted": 1}, "constructor": {}, "toString": {}, "a.b": {}}';
  const api = `{"dialog": ${functions}, "__proto__": ${functions}, "constructor": ${functions}, "toString": ${functions},
    "register": ${functions}, "require": ${functions}, "list": [], "text": "x", "none": null}`;
  const { frame, stop } = await embed(sites.other, `{"extension_id": "x", "origin": "${sites.other}", "api": ${api}}`);
  assert.deepEqual(await frame.evaluate(() => ({
    modules: Object.keys(AP),
    kinds: [typeof AP.register, typeof AP.require, typeof AP.constructor, AP.constructor === Object],
    functions: Object.keys(AP.dialog),
    polluted: [String({}.polluted), String(AP.polluted), String(AP.dialog.polluted), String(AP.dialog.toString === Object.prototype.toString)],
  })), {
    modules: ['register', 'broadcast', 'require', 'dialog'],
    kinds: ['function', 'function', 'function', true],
    functions: ['close', 'closeAsync'],
    polluted: ['undefined', 'undefined', 'undefined', 'true'],
  });
  await stop();
});
