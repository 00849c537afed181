// What add-ons show in the room: the real host, the real examples, in Chromium.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startExample, startHost, withFolder, withPrograms } from '../node/programs.mjs';
import { DARK, PHONE, assertContent, enterRoom, entry, openPage, picture, say, startBrowser } from './browser.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const LIMIT = { timeout: 120000 };

/** Installs an example into Lobby with all that it asks for. */
async function install(host, addon) {
  const { capabilities, links } = await (await fetch(addon.url)).json();
  const answer = await fetch(`${host.url}/api/rooms/Lobby/integrations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: links.self, scopes: capabilities.hipchatApiConsumer.scopes }),
  });
  assert.equal(answer.status, 201, await answer.text());
}

const withExample = (name, use) => withFolder((folder) => withPrograms(
  [() => startHost(folder), () => startExample(name, folder)],
  async (host, addon) => {
    await install(host, addon);
    await use(host, addon);
  }));

const frameIn = async (page, selector) => (await page.locator(`${selector} iframe`).elementHandle()).contentFrame();

// proves: host 8 right sidebar; host 8 glance; host 6 sidebar
test('a glance shows what the add-on says and opens its panel in the sidebar', LIMIT, () =>
  withExample('karma', async (host) => {
    const ada = await enterRoom(browser, host.room, 'Ada');
    const glance = ada.locator('[data-glance="karma"]');
    await glance.getByText('No karma yet').waitFor();
    await say(ada, 'bob++');
    await entry(ada, 'notification', 'bob rises to 1');

    const grace = await enterRoom(browser, host.room, 'Grace');
    const best = grace.locator('[data-glance="karma"]');
    await best.locator('.lozenge', { hasText: '1' }).waitFor();
    await picture(grace, 'room-glance');
    await best.getByRole('button').click();
    const frame = await frameIn(grace, '#panel-body');
    await frame.getByText('bob').waitFor();
    assert.match(frame.url(), /theme=light/u);
    assert.ok(await grace.locator('#lists').isHidden(), 'the panel replaces the lists');
    assert.equal(await grace.evaluate(() => document.activeElement.id), 'panel-close');

    await say(ada, 'bob++');
    await frame.getByText('2').waitFor();
    await picture(grace, 'room-panel');

    await grace.reload();
    await (await frameIn(grace, '#panel-body')).getByText('bob').waitFor();
    await grace.locator('#panel-close').click();
    await grace.locator('#lists').waitFor();
    await grace.locator('iframe').waitFor({ state: 'detached' });
    assertContent(ada);
    assertContent(grace);
  }));

test('a glance that is pushed changes in every open room', LIMIT, () =>
  withExample('incident', async (host) => {
    const ada = await enterRoom(browser, host.room, 'Ada');
    const glance = ada.locator('[data-glance="incident"]');
    await glance.getByText('No incident').waitFor();
    await say(ada, '/incident open The shop is down');
    await glance.getByText('The shop is down').waitFor();
    assert.equal(await glance.locator('.lozenge.error').count(), 1);
    await picture(ada, 'room-pushed');
    const grace = await enterRoom(browser, host.room, 'Grace');
    await grace.locator('[data-glance="incident"]').getByText('The shop is down').waitFor();
    assertContent(ada);
  }));

// proves: host 8 theme
test('panels follow the theme, and the phone has them too', LIMIT, () =>
  withExample('karma', async (host) => {
    for (const [name, look] of [['room-panel-dark', DARK], ['room-panel-phone', PHONE]]) {
      const page = await enterRoom(browser, host.room, 'Ada', look);
      if (look === PHONE) await page.locator('#open-people').click();
      await page.locator('[data-glance="karma"] button').click();
      const frame = await frameIn(page, '#panel-body');
      await frame.waitForLoadState();
      assert.match(frame.url(), look === DARK ? /theme=dark/u : /theme=light/u);
      await picture(page, name);
      assertContent(page);
      await page.context().close();
    }
  }));

// proves: host 8 dialog chrome; host 8 actions; host 6 dialog
test('an action opens a dialog, whose button asks the page', LIMIT, () =>
  withExample('standup', async (host) => {
    const ada = await enterRoom(browser, host.room, 'Ada');
    await ada.locator('#input-actions').click();
    await ada.getByRole('menuitem', { name: /Write your standup report/u }).click();
    const dialog = ada.getByRole('dialog', { name: 'Your report' });
    await dialog.waitFor();
    const frame = await frameIn(ada, '#addon-dialog-body');
    await frame.evaluate(() => connect.ready.then(() => true));
    await dialog.getByRole('button', { name: 'Post' }).click();
    await frame.getByLabel('What have you done?').fill('Mounted the frames');
    await picture(ada, 'room-dialog');
    await dialog.getByRole('button', { name: 'Post' }).click();
    await entry(ada, 'notification', 'Mounted the frames');
    await dialog.waitFor({ state: 'hidden' });

    await say(ada, 'the shop is up again');
    const message = await entry(ada, 'message', 'the shop is up again');
    await message.hover();
    await message.getByRole('button', { name: /this message/u }).click();
    await picture(ada, 'room-message-action');
    await ada.getByRole('menuitem', { name: /Add to standup/u }).click();
    const second = await frameIn(ada, '#addon-dialog-body');
    await second.waitForFunction(() => document.forms.report?.elements.done.value.endsWith('the shop is up again'));
    await ada.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await ada.locator('iframe').waitFor({ state: 'detached' });
    assertContent(ada);
  }));

// proves: host 8 configure
test('the settings of an add-on are changed on its integrations page', LIMIT, () =>
  withExample('standup', async (host) => {
    const ada = await enterRoom(browser, host.room, 'Ada');
    await ada.getByRole('link', { name: 'Integrations' }).click();
    await picture(ada, 'integrations-configure');
    await ada.getByRole('link', { name: 'Configure HipChat Standup' }).click();
    const frame = await frameIn(ada, '#content');
    await frame.getByLabel('Title of the standup').fill('Daily');
    await picture(ada, 'configure');
    await frame.getByRole('button').first().click();
    await frame.waitForURL(/saved=yes/u);
    assertContent(ada);
  }));

// proves: host 8 uninstalled
test('what an add-on shows goes with it', LIMIT, () =>
  withExample('karma', async (host) => {
    const ada = await enterRoom(browser, host.room, 'Ada');
    await ada.locator('[data-glance="karma"] button').click();
    await ada.locator('#panel-body iframe').waitFor();
    const answer = await fetch(`${host.url}/api/rooms/Lobby/integrations/hipchat-karma`, { method: 'DELETE' });
    assert.equal(answer.status, 204);
    await ada.locator('#panel').waitFor({ state: 'hidden' });
    await ada.locator('#glances').waitFor({ state: 'hidden' });
    await ada.locator('iframe').waitFor({ state: 'detached' });
    assertContent(ada);
  }));

test('an add-on that was added is shown when the reader wants it', LIMIT, () =>
  withFolder((folder) => withPrograms(
    [() => startHost(folder), () => startExample('karma', folder)],
    async (host, karma) => {
      const ada = await enterRoom(browser, host.room, 'Ada');
      await install(host, karma);
      await ada.getByRole('button', { name: /An add-on was added/u }).click();
      await ada.locator('[data-glance="karma"]').getByText('No karma yet').waitFor();
      assertContent(ada);
    })));

// proves: host 7.1 policy
test('the room\'s policy names the origins of its add-ons and no others', LIMIT, () =>
  withExample('karma', async (host, karma) => {
    const policy = (await fetch(host.room)).headers.get('content-security-policy');
    const { origin } = new URL(karma.url);
    assert.match(policy, new RegExp(`frame-src ${origin};`, 'u'));
    assert.match(policy, new RegExp(`connect-src 'self' ${origin};`, 'u'));
    const page = await openPage(browser, host.room);
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-src'));
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'http://127.0.0.1:1/';
      document.body.append(frame);
    });
    await refused;
  }));
