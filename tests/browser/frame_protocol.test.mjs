// Both halves of the frame protocol (host-side.md 6 and 7) in real frames on other origins.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assertContent, startBrowser } from './browser.mjs';
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

/** Runs `use` with a host page and the address of pages that have all.js. */
const inHost = (use) => async () => {
  const page = await openHost(browser, sites);
  try {
    await use(page, `${sites.addon}/page`);
  } finally {
    await page.context().close();
  }
};

const frameCall = (page, eid, method, ...args) =>
  page.evaluate(([id, name, rest]) => window.shown.get(id)[name](...rest), [eid, method, args]);

const jwt = (seconds) => `e30.${Buffer.from(JSON.stringify({ iat: 1000, exp: 1000 + seconds })).toString('base64url')}.c2ln`;

// proves: host 6 names; host 7.1 name
test('a page has what its host announces, under both names, with promises', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location });
  const found = await frame.evaluate(() => ({
    same: window.AP === window.HipChat,
    dialog: Object.keys(HipChat.dialog),
    room: Object.keys(HipChat.room),
    modules: Object.keys(HipChat).sort(),
  }));
  assert.deepEqual(found, {
    same: true,
    dialog: ['open', 'close', 'openAsync', 'closeAsync'],
    room: ['create', 'invite', 'getRoomDetails', 'createAsync', 'inviteAsync', 'getRoomDetailsAsync'],
    modules: ['auth', 'broadcast', 'chat', 'dialog', 'file', 'register', 'require', 'room'],
  });
  assertContent(page);
}));

// proves: host 7.1 name
test('a frame is named by add-on, module and chance, and is in a sandbox', LIMIT, inHost(async (page, location) => {
  const { eid } = await show(page, { addonKey: 'an.addon', moduleKey: 'panel', location });
  assert.match(eid, /^an\.addon__panel__[0-9a-f]{32}$/u);
  const found = await page.evaluate((id) => {
    const element = document.getElementById(id);
    const { api, ...rest } = JSON.parse(element.name);
    return { rest, args: api.room.create.args, sandbox: element.getAttribute('sandbox').split(' ') };
  }, eid);
  assert.deepEqual(found.rest, { extension_id: eid, origin: sites.host, options: { globalOptions: {} } });
  assert.deepEqual(found.args, ['name', 'topic', 'privacy']);
  for (const never of ['allow-top-navigation', 'allow-top-navigation-by-user-activation', 'allow-modals']) {
    assert.ok(!found.sandbox.includes(never), never);
  }
  assert.ok(found.sandbox.includes('allow-same-origin'));
}));

// proves: host 7.1 req and resp
test('requests are answered to a callback or a promise', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location, scopes: ['view_room'] });
  const lobby = { id: 7, name: 'Lobby', privacy: 'public', topic: '' };
  assert.deepEqual(await frame.evaluate(() => new Promise((resolve) => {
    HipChat.room.getRoomDetails((...args) => resolve(args));
  })), [null, lobby]);
  assert.deepEqual(await frame.evaluate(() => HipChat.room.getRoomDetailsAsync()), lobby);
  await frame.evaluate(() => HipChat.room.create('New', 'About it'));
  await settled(page, frame);
  assert.deepEqual((await callsOf(page)).at(-1), { name: 'room.create', addon: 'an.addon', args: ['New', 'About it', null] });
}));

// proves: host 6 scope
test('a function whose scope was not granted answers with an error text and is not run', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location, scopes: ['send_notification'] });
  const [error] = await frame.evaluate(() => new Promise((resolve) => {
    HipChat.room.getRoomDetails((...args) => resolve(args));
  }));
  assert.match(error, /requires the scope view_room/u);
  assert.match(await frame.evaluate(() => HipChat.room.getRoomDetailsAsync().catch((problem) => problem.message)), /view_room/u);
  assert.deepEqual(await callsOf(page), []);
}));

test('what a behaviour refuses reaches the page, and what goes wrong inside does not', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location });
  const refused = (module, fn, ...args) => frame.evaluate(
    ([mod, name, rest]) => HipChat[mod][`${name}Async`](...rest).then(() => 'done', (error) => error.message), [module, fn, args]);
  assert.equal(await refused('dialog', 'open', {}), 'dialog.open: key must be text.');
  assert.equal(await refused('dialog', 'open', 'text'), 'dialog.open: options must be an object.');
  assert.equal(await refused('dialog', 'open'), 'dialog.open: options must be an object.');
  assert.equal(await refused('chat', 'appendMessage', 5), 'chat.appendMessage: text must be text.');
  assert.equal(await refused('file', 'openInFileViewer', {}, {}), 'file.openInFileViewer: list must be a list.');
  assert.equal(await refused('file', 'openInFileViewer', {}), 'done');
  assert.equal(await refused('room', 'invite', ['@ada']), 'The host could not do this.');
}));

test('a function can be a click handler: the click itself cannot be sent', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location });
  await frame.evaluate(() => document.getElementById('press').addEventListener('click', HipChat.dialog.close));
  await frame.evaluate(() => document.getElementById('press').click());
  await settled(page, frame);
  assert.deepEqual(await callsOf(page), [{ name: 'dialog.close', addon: 'an.addon', args: [] }]);
  assertContent(page);
}));

// proves: host 6 require
test('require hands out modules one by one or in a list', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location });
  assert.deepEqual(await frame.evaluate(() => {
    const found = [];
    AP.require('dialog', (dialog) => found.push(dialog === HipChat.dialog));
    AP.require(['room', 'nothing', 'constructor'], (...modules) => found.push(modules[0] === HipChat.room, modules[1], modules[2]));
    return found.map(String);
  }), ['true', 'true', 'undefined', 'undefined']);
}));

// proves: host 6 waiting events; host 7.1 event_query
test('events wait thirty seconds for the page to register, and come in order', LIMIT, inHost(async (page, location) => {
  const { eid, frame } = await show(page, { location });
  await frame.evaluate(() => { window.seen = []; });
  const wait = (event, data) => frameCall(page, eid, 'deliver', event, data);
  await wait('receive-parameters', { n: 1 });
  await page.evaluate(() => { window.clock = 10000; });
  await wait('other', { n: 2 });
  await wait('receive-parameters', { n: 3 });
  await page.evaluate(() => { window.clock = 30000; });
  await frame.evaluate(() => HipChat.register({ 'receive-parameters': (data) => seen.push(data.n) }));
  await frame.waitForFunction(() => window.seen.length === 1);
  await wait('receive-parameters', { n: 4 });
  await frame.evaluate(() => HipChat.register({ other: (data) => seen.push(data.n) }));
  await frame.waitForFunction(() => window.seen.length === 3);
  // 1 had waited for the whole time; 2 had not when `other` was registered.
  assert.deepEqual(await frame.evaluate(() => window.seen), [3, 4, 2]);
}));

// proves: host 7.1 register merges
test('register adds handlers and replaces those of the same event', LIMIT, inHost(async (page, location) => {
  const { eid, frame } = await show(page, { location });
  await frame.evaluate(() => {
    window.seen = [];
    HipChat.register({ one: () => seen.push('first one'), two: () => seen.push('two') });
    HipChat.register({ one: () => seen.push('second one'), three: 'no function' });
  });
  await settled(page, frame);
  for (const event of ['one', 'two', 'three']) await frameCall(page, eid, 'tell', event, {});
  await frame.waitForFunction(() => window.seen.length === 2);
  assert.deepEqual(await frame.evaluate(() => window.seen), ['second one', 'two']);
}));

// proves: addon 7.3 button click; host 7.1 answering events
test('a button closes a dialog unless its page says otherwise', LIMIT, inHost(async (page, location) => {
  const { eid, frame } = await show(page, { moduleKey: 'dialog', location });
  const press = (action) => frameCall(page, eid, 'pressButton', action);
  assert.equal(await press('nobody-listens'), true);
  await frame.evaluate(() => HipChat.register({
    'dialog-button-click': ({ action }, closeDialog) => {
      if (action === 'at-once') closeDialog();
      if (action === 'stay') closeDialog(false);
      if (action === 'later') setTimeout(() => { closeDialog(true); closeDialog(false); });
      if (action === 'leave') location.reload();
    },
  }));
  await settled(page, frame);
  assert.equal(await press('at-once'), true);
  assert.equal(await press('stay'), false);
  assert.equal(await press('later'), true);
  assert.equal(await press('leave'), false, 'the page that was asked has gone');
}));

// proves: host 6 broadcast; host 6 glance-update; host 6 message-received
test('events among the pages of an add-on reach its open pages only', LIMIT, inHost(async (page) => {
  const location = `${sites.addon}/bare`;
  const panel = await show(page, { moduleKey: 'panel', location });
  const dialog = await show(page, { moduleKey: 'dialog', location });
  const silent = await show(page, { moduleKey: 'silent', location });
  const stranger = await show(page, { addonKey: 'another.addon', location });
  for (const { frame } of [panel, dialog, stranger]) await frame.evaluate(() => say({ type: 'init' }));
  await panel.frame.evaluate(() => say({ type: 'broadcast', etyp: 'saved', evnt: { id: 1 } }));
  for (const { frame } of [panel, dialog, stranger]) await settled(page, frame);
  await page.evaluate(() => {
    host.glanceUpdated('an.addon', 'glance', { open: 2 });
    host.messageReceived('an.addon', { body: 'hi' });
  });
  const later = [
    { type: 'evt', etyp: 'glance-update', evnt: { addon_key: 'an.addon', module_key: 'glance', metadata: { open: 2 } } },
    { type: 'evt', etyp: 'message-received', evnt: { body: 'hi' } },
  ];
  assert.deepEqual(await gotBy(page, panel), later);
  assert.deepEqual(await gotBy(page, dialog), [{ type: 'evt', etyp: 'saved', evnt: { id: 1 } }, ...later]);
  assert.deepEqual(await gotBy(page, stranger), []);
  assert.deepEqual(await gotBy(page, silent), []);
}));

// proves: host 6 withToken
test('a token is kept until less than two minutes of it remain', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location });
  const token = () => frame.evaluate(() => HipChat.auth.withTokenAsync());
  const first = jwt(900);
  const second = jwt(901);
  await page.evaluate((next) => { window.tokens = [new Promise((resolve) => { window.answerNow = resolve; }), next]; }, second);
  const both = frame.evaluate(() => Promise.all([HipChat.auth.withTokenAsync(), HipChat.auth.withTokenAsync()]));
  await page.waitForFunction(() => heard.filter(({ fn }) => fn === 'withToken').length === 2);
  await page.evaluate((jwt) => answerNow(jwt), first);
  assert.deepEqual(await both, [first, first], 'one request for both');
  await page.evaluate(() => { window.clock = (900 - 120) * 1000; });
  assert.equal(await token(), first);
  await page.evaluate(() => { window.clock += 1; });
  assert.equal(await token(), second);
  await page.evaluate(() => { window.clock += 3600000; });
  const failed = await frame.evaluate(() => new Promise((resolve) => { HipChat.auth.withToken((...args) => resolve(args)); }));
  assert.equal(failed.length, 1);
  assert.match(failed[0].message, /could not make a token/u);
  await page.evaluate((next) => { window.tokens = [next]; }, first);
  assert.equal(await token(), first, 'a failure is not kept');
}));

// proves: host 7.1 one registration
test('opening the same view twice replaces the first', LIMIT, inHost(async (page, location) => {
  const first = await show(page, { location });
  const second = await show(page, { location });
  assert.equal(await page.locator('iframe').count(), 1);
  assert.notEqual(first.eid, second.eid);
  assert.equal(await page.evaluate((eid) => host.find('an.addon', 'panel').eid === eid, second.eid), true);
}));

test('a page that follows another in the same frame gets its own answers only', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location });
  await page.evaluate(() => {
    window.answers = {};
    window.slow = new Map(['old', 'new'].map((text) => [text, new Promise((resolve) => { answers[text] = resolve; })]));
  });
  await frame.evaluate(() => HipChat.chat.appendMessage('old', () => {}));
  await settled(page, frame);
  await Promise.all([frame.waitForNavigation(), frame.getByRole('button', { name: 'Send' }).click()]);
  await frame.evaluate(() => {
    window.answers = [];
    HipChat.chat.appendMessage('new', (...args) => answers.push(args));  // the same mid as that of the page before it
  });
  await settled(page, frame);
  assert.equal((await callsOf(page)).length, 2);
  await page.evaluate(() => answers.old('of the page before'));
  await settled(page, frame);
  await page.evaluate(() => answers.new('of this page'));
  await frame.waitForFunction(() => window.answers.length > 0);
  assert.deepEqual(await frame.evaluate(() => window.answers), [[null, 'of this page']]);
}));

test('all-debug.js says what is refused', LIMIT, inHost(async (page) => {
  const said = [];
  page.on('console', (message) => { if (message.type() === 'warning') said.push(message.text()); });
  const { frame } = await show(page, { location: `${sites.addon}/debug` });
  const wait = page.waitForEvent('console', (message) => message.text().includes('view_room'));
  await frame.evaluate(() => {
    AP.require('nothing', () => {});
    AP.register({ event: 'text' });
    HipChat.room.getRoomDetails();
  });
  await wait;
  assert.match(said[0], /no module "nothing"/u);
  assert.match(said[1], /handler of "event" is not a function/u);
}));

test('the style follows the theme of the room, also on the page after a form', LIMIT, inHost(async (page, location) => {
  const { frame } = await show(page, { location: `${location}?theme=dark`, theme: 'dark' });
  const ground = () => frame.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await ground(), 'rgb(27, 34, 43)');
  await Promise.all([frame.waitForNavigation(), frame.getByRole('button', { name: 'Send' }).click()]);
  assert.equal(await ground(), 'rgb(27, 34, 43)');
  const light = await show(page, { moduleKey: 'light', location: `${location}?theme=light`, theme: 'light' });
  assert.equal(await light.frame.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
}));

test('a page outside a frame loads without harm', LIMIT, async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${sites.addon}/page`);
  assert.deepEqual(await page.evaluate(() => {
    HipChat.register({ event: () => {} });
    HipChat.broadcast('event', {});
    return Object.keys(AP);
  }), ['register', 'broadcast', 'require']);
  assert.deepEqual(errors, []);
  await context.close();
});
