// The room in Chromium, with the real host and the real greeter.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startAddon } from '../node/addon.mjs';
import { startGreeter, startHost, withFolder, withPrograms } from '../node/programs.mjs';
import {
  DARK, PHONE, assertContent, connected, enterRoom, entry, openPage, picture, say, startBrowser,
} from './browser.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const LIMIT = { timeout: 120000 };

/** Pastes the address into the integrations page and agrees to what is asked. */
async function installByHand(page, url) {
  await page.getByLabel('Descriptor address').fill(url);
  await page.keyboard.press('Enter');
  const consent = page.getByRole('dialog', { name: 'Install HipChat Greeter?' });
  await consent.waitFor();
  await consent.locator('[data-scope="send_notification"]').waitFor();
  await picture(page, 'consent');
  await consent.getByRole('button', { name: 'Install' }).click();
  await page.locator('[data-key="hipchat-greeter"]').waitFor();
  await picture(page, 'integrations');
}

test('someone who enters is greeted by an add-on that was installed by hand', LIMIT, () =>
  withFolder((folder) => withPrograms(
    [() => startHost(folder), () => startGreeter(folder)],
    async (host, greeter) => {
      const settings = await openPage(browser, `${host.room}/integrations`);
      await installByHand(settings, greeter.url);
      assertContent(settings);

      const ada = await openPage(browser, host.room);
      await ada.getByLabel('Name').fill('Ada');
      await picture(ada, 'entrance');
      await ada.keyboard.press('Enter');
      await connected(ada);
      const greeting = await entry(ada, 'notification', 'hi: Ada');
      assert.equal(await greeting.locator('.badge').innerText(), 'add-on');
      assert.equal(await greeting.locator('.text').innerText(), 'hi: Ada');
      await say(ada, 'Thank you, and see https://example.test/');
      await (await entry(ada, 'message', 'Thank you')).getByRole('link').waitFor();
      await picture(ada, 'room-light');
      assertContent(ada);

      for (const [name, look] of [['room-dark', DARK], ['room-phone', PHONE]]) {
        const grace = await enterRoom(browser, host.room, 'Grace Hopper', look);
        await entry(grace, 'message', 'Thank you');
        await picture(grace, name);
        const { width } = grace.viewportSize();
        assert.ok(await grace.evaluate(() => document.documentElement.scrollWidth) <= width, 'nothing sticks out');
        assertContent(grace);
        await grace.context().close();
      }

      await settings.getByRole('button', { name: 'Remove HipChat Greeter' }).click();
      await settings.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await settings.getByText('Nothing yet.').waitFor();
      await entry(ada, 'uninstalled', 'HipChat Greeter');
    })));

test('what cannot be installed says why', LIMIT, () =>
  withFolder((folder) => withPrograms([() => startHost(folder)], async (host) => {
    const page = await openPage(browser, `${host.room}/integrations`);
    await page.getByLabel('Descriptor address').fill(`${host.url}/nothing-here`);
    await page.keyboard.press('Enter');
    const problem = page.locator('#install-problem');
    await problem.waitFor();
    assert.match(await problem.innerText(), /nothing-here/u);
    await picture(page, 'refused');
  })));

test('two people see what the other writes, and that one leaves', LIMIT, () =>
  withFolder((folder) => withPrograms([() => startHost(folder)], async (host) => {
    const ada = await enterRoom(browser, host.room, 'Ada');
    const grace = await enterRoom(browser, host.room, 'Grace');
    await entry(ada, 'enter', 'Grace');

    await say(ada, 'Is anybody <b>here</b>?');
    await entry(grace, 'message', 'Is anybody <b>here</b>?');
    await say(grace, 'I am.');
    await entry(ada, 'message', 'I am.');
    for (const page of [ada, grace]) {
      assert.equal(await page.locator('#entries [data-kind="message"]').count(), 2);
      assert.equal(await page.locator('#entries [data-kind="message"] b:not(.who)').count(), 0);
      assert.equal(await page.locator('#people-list li').count(), 2);
    }
    await ada.locator('#outbox:empty').waitFor({ state: 'attached' });
    await picture(ada, 'two-people');

    await grace.getByRole('button', { name: 'Leave' }).click();
    await entry(ada, 'exit', 'Grace left the room');
    await ada.locator('#people-list li:only-child', { hasText: 'Ada' }).waitFor();
    await grace.getByText('You left the room').waitFor();
    await picture(grace, 'left');
    assertContent(ada);
    assertContent(grace);
  })));

test('markup of a notification cannot run anything', LIMIT, () =>
  withFolder((folder) => withPrograms(
    [() => startHost(folder), () => startAddon('Mallory', ['send_notification'])],
    async (host, addon) => {
      await addon.installInto(host.url, 'Lobby');
      const ada = await enterRoom(browser, host.room, 'Ada');
      const broken = `${addon.base}/missing.png`;
      const answer = await fetch(`${host.url}/v2/room/Lobby/notification`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${await addon.token()}` },
        body: JSON.stringify({
          message_format: 'html',
          color: 'red',
          message: `<b>bold</b><script>window.hacked = 1</script><img src="${broken}" onerror="window.hacked = 1">` +
            '<a href="javascript:window.hacked = 1">press</a><svg onload="window.hacked = 1"></svg>' +
            '<span style="color: red; font-weight: 900">styled</span><iframe src="/"></iframe>',
        }),
      });
      assert.equal(answer.status, 204, await answer.text());

      const shown = await entry(ada, 'notification', 'bold');
      await shown.locator('.text b', { hasText: 'bold' }).waitFor();
      assert.match(await shown.getAttribute('class'), /\bred\b/u);
      // Its error would have run by the time that the picture has failed.
      await ada.waitForFunction(() => [...document.querySelectorAll('#entries img')].every((image) => image.complete));
      await shown.getByText('press').click();
      const found = await shown.evaluate((element) => ({
        forbidden: element.querySelectorAll('script, svg, iframe').length,
        handlers: [...element.querySelectorAll('*')].flatMap((one) => [...one.attributes])
          .filter((one) => one.name.startsWith('on') || /^\s*javascript:/iu.test(one.value)).length,
        hacked: window.hacked,
      }));
      assert.deepEqual(found, { forbidden: 0, handlers: 0, hacked: undefined });
      const styled = await shown.getByText('styled').evaluate((span) => {
        const { color, fontWeight } = getComputedStyle(span);
        return { ownColor: color !== getComputedStyle(span.parentElement).color, fontWeight };
      });
      assert.deepEqual(styled, { ownColor: true, fontWeight: '900' });
      await picture(ada, 'markup');
    })));

test('a page lives through a restart of the host, with its draft', LIMIT, () =>
  withFolder(async (folder) => {
    let host = await startHost(folder);
    try {
      const port = Number(new URL(host.url).port);
      const ada = await enterRoom(browser, host.room, 'Ada');
      await say(ada, 'before');
      await entry(ada, 'message', 'before');
      await ada.locator('#draft').fill('unfinished');

      await host.stop();
      await ada.locator('body[data-state="connecting"]').waitFor();
      assert.ok(await ada.getByRole('button', { name: 'Send' }).isDisabled());
      await picture(ada, 'lost');

      host = await startHost(folder, port);
      await connected(ada);
      assert.equal(await ada.locator('#draft').inputValue(), 'unfinished');
      await ada.locator('#draft').press('Enter');
      await entry(ada, 'message', 'unfinished');
      assert.equal(await ada.locator('#entries [data-kind="message"]', { hasText: 'before' }).count(), 1);
    } finally {
      await host.stop();
    }
  }));

test('a page begins anew when its host has another history', LIMIT, () =>
  withFolder((before) => withFolder(async (after) => {
    let host = await startHost(before);
    try {
      const port = Number(new URL(host.url).port);
      const ada = await enterRoom(browser, host.room, 'Ada');
      await say(ada, 'long ago');
      await entry(ada, 'message', 'long ago');

      await host.stop();
      await ada.locator('body[data-state="connecting"]').waitFor();
      host = await startHost(after, port);
      await ada.locator('#entries:not(:has-text("long ago"))').waitFor();
      await connected(ada);
      await say(ada, 'today');
      await entry(ada, 'message', 'today');
      assert.equal(await ada.locator('#entries [data-kind="message"]').count(), 1);
    } finally {
      await host.stop();
    }
  })));
