// Accounts, as people meet them: from a host that nobody owns to a group with members and guests.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startGreeter, startHost, withFolder, withPrograms } from '../node/programs.mjs';
import { DARK, PHONE, assertContent, connected, entry, openPage, picture, say, startBrowser } from './browser.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const LIMIT = { timeout: 120000 };
const PASSWORD = 'correct horse battery';

async function setUp(host, { addon = '' } = {}) {
  const page = await openPage(browser, host.room);
  await page.getByRole('link', { name: 'Set up accounts' }).click();
  await page.getByLabel('Name of the group').fill('Engines Ltd');
  await page.getByLabel('First room').fill('Engine room');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Your e-mail').fill('ada@example.com');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByLabel('First add-on').fill(addon);
  await picture(page, 'people-setup');
  await page.getByRole('button', { name: 'Create the group' }).click();
  return page;
}

const withGroup = (use) => withFolder((folder) => withPrograms([() => startHost(folder)], async (host) => {
  const ada = await setUp(host);
  await connected(ada);
  await use(host, ada);
}));

/** Ada's browser on another page of hers. */
async function other(page, address) {
  const made = await page.context().newPage();
  made.setDefaultTimeout(20000);
  made.complaints = [];
  made.on('pageerror', (error) => made.complaints.push(error.message));
  await made.goto(address);
  return made;
}

async function inviteAndJoin(host, ada, name, look) {
  const people = await other(ada, `${host.url}/people`);
  await people.getByLabel('Name', { exact: true }).fill(name);
  await people.getByLabel('E-mail').fill(`${name}@example.com`);
  await people.getByRole('button', { name: 'Make a link' }).click();
  const link = await people.locator('#made code').innerText();
  const page = await openPage(browser, link, look);
  await page.getByText('You were invited to Engines Ltd').waitFor();
  await picture(page, `people-join-${name}`);
  await page.getByLabel('Choose a password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await connected(page);
  return { page, people };
}

test('a new owner is led through group, account, first room and first add-on', LIMIT, () =>
  withFolder((folder) => withPrograms([() => startHost(folder), () => startGreeter(folder)], async (host, greeter) => {
    const ada = await setUp(host, { addon: greeter.url });
    await ada.getByRole('dialog').getByRole('button', { name: 'Install' }).click();
    await ada.getByText('is installed').waitFor();
    await ada.getByRole('link', { name: /Back to/u }).click();
    await connected(ada);
    assert.equal(await ada.locator('#room-name').innerText(), 'Engine room');
    await entry(ada, 'notification', 'hi: Ada');
    await picture(ada, 'people-first-room');
    assertContent(ada);
  })));

test('people sign in, and are themselves in every tab', LIMIT, () => withGroup(async (host) => {
  const page = await openPage(browser, `${host.room}?as=Somebody`, PHONE);
  await page.getByRole('heading', { name: 'Sign in to Engines Ltd' }).waitFor();
  await page.getByLabel('E-mail or mention name').fill('ada');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The name or the password is wrong').waitFor();
  await picture(page, 'people-sign-in-phone');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await connected(page);
  await say(page, 'from my phone');
  const said = await entry(page, 'message', 'from my phone');
  assert.match(await said.innerText(), /Ada/u);
}));

test('signing in leads to no other site', LIMIT, () => withGroup(async (host) => {
  for (const next of ['https://evil.test/', '//evil.test/', '/\\evil.test/', 'javascript:alert(1)']) {
    const page = await openPage(browser, `${host.url}/sign-in?next=${encodeURIComponent(next)}`);
    await page.getByLabel('E-mail or mention name').fill('ada');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await connected(page);
    assert.equal(new URL(page.url()).origin, host.url, next);
    await page.context().close();
  }
}));

test('an invited person chooses a password, and talks with who invited them', LIMIT, () => withGroup(async (host, ada) => {
  const { page: bo, people } = await inviteAndJoin(host, ada, 'Bo', DARK);
  await say(bo, 'hello @Ada');
  await entry(ada, 'message', 'hello @Ada');
  await people.reload();
  await people.getByLabel('Role of Bo').selectOption('admin');
  await people.getByText('Bo is now: Admin').waitFor();
  await picture(people, 'people-list');
  await people.getByRole('button', { name: 'Deactivate Bo' }).click();
  await people.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await people.getByText('Bo is deactivated').waitFor();
  await say(ada, 'now we are fewer');
  await bo.getByRole('heading', { name: /Sign in/u }).waitFor();
  assertContent(ada);
  assert.deepEqual(people.complaints, []);
}));

test('a profile shows what others see, tokens for scripts, and where one is signed in', LIMIT, () => withGroup(async (host, ada) => {
  const page = await other(ada, `${host.url}/profile`);
  await page.getByLabel('Title', { exact: true }).fill('Analyst');
  await page.getByLabel('In your own words').fill('Weaving');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
  await page.getByLabel('What is it for?').fill('Nightly report');
  await page.getByLabel('Send messages as you').check();
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.locator('#token-made').waitFor();
  const token = await page.locator('#token').innerText();
  const sent = await fetch(`${host.url}/v2/room/1/message`, {
    method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: '{"message":"from a script"}',
  });
  assert.equal(sent.status, 201);
  await entry(ada, 'message', 'from a script');
  await picture(page, 'people-profile');
  await page.setViewportSize({ width: 390, height: 780 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'people-profile-phone-dark');
  await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
  await page.getByText('You have none.').waitFor();
  const refused = await fetch(`${host.url}/v2/room/1/message`, {
    method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: '{"message":"again"}',
  });
  assert.equal(refused.status, 401);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { name: /Sign in/u }).waitFor();
  assert.deepEqual(page.complaints, []);
}));

test('a private room is its members\', and a guest sees one room', LIMIT, () => withGroup(async (host, ada) => {
  const { page: bo } = await inviteAndJoin(host, ada, 'Bo');
  const access = await other(ada, `${host.room}/access`);
  await access.getByRole('radio', { name: /Private/u }).check();
  await access.getByText('The room is private now.').waitFor();
  await say(ada, 'behind closed doors');
  await entry(ada, 'message', 'behind closed doors');
  assert.equal(await bo.getByText('behind closed doors').count(), 0);
  await access.getByLabel('Add somebody').fill('Bo');
  await access.getByRole('button', { name: 'Add' }).click();
  await access.getByText('Bo is a member').waitFor();
  await bo.goto(host.room);
  await entry(bo, 'message', 'behind closed doors');

  await access.getByRole('checkbox', { name: /as guests/u }).check();
  await access.locator('#guest-link').waitFor();
  await picture(access, 'people-access');
  const eve = await openPage(browser, await access.locator('#link').innerText());
  await eve.getByRole('heading', { name: 'Engine room' }).waitFor();
  await eve.getByLabel('Your name').fill('Eve');
  await picture(eve, 'people-guest');
  await eve.getByRole('button', { name: 'Enter as a guest' }).click();
  await connected(eve);
  await entry(eve, 'message', 'behind closed doors');
  assert.equal(await eve.getByRole('link', { name: 'People of the group' }).count(), 0);
  await say(eve, 'thank you');
  await entry(ada, 'message', 'thank you');
}));
