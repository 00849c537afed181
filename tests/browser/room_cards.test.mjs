// Cards of notifications, and links in them, in Chromium.
// proves: host 8 cards; host 8 links

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { startAddon } from '../node/addon.mjs';
import { startHost, withFolder, withPrograms } from '../node/programs.mjs';
import { DARK, assertContent, enterRoom, entry, picture, startBrowser } from './browser.mjs';

let browser;
before(async () => { browser = await startBrowser(); });
after(() => browser.close());

const LIMIT = { timeout: 120000 };

const CARDS = [
  { style: 'application', id: '1', title: 'Build 812 failed', url: 'https://example.test/builds/812', format: 'medium',
    description: { format: 'html', value: '<b>staging</b> stopped at <i>unit tests</i>' },
    attributes: [
      { label: 'status', value: { label: 'FAILED', style: 'lozenge-error' } },
      { label: 'author', value: { label: 'Ada Lindqvist', url: 'https://example.test/ada' } },
    ] },
  { style: 'link', id: '2', title: 'How we deploy', description: 'Step by step', url: 'https://docs.example.test/deploy' },
  { style: 'file', id: '3', title: 'build.log', url: 'https://example.test/files/build.log' },
  { style: 'application', id: '4', title: 'Closed 4 tickets', description: 'All of them', activity: { html: 'Ada <b>closed</b> 4 tickets' } },
];

test('cards of every style are shown, and what cannot be is said by its message', LIMIT, () =>
  withFolder((folder) => withPrograms(
    [() => startHost(folder), () => startAddon('Cardsharp', ['send_notification'])],
    async (host, addon) => {
      await addon.installInto(host.url, 'Lobby');
      const token = await addon.token();
      const notify = async (card, message) => {
        const answer = await fetch(`${host.url}/v2/room/Lobby/notification`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: JSON.stringify({ message, color: 'gray', card }),
        });
        assert.equal(answer.status, 204, await answer.text());
      };
      const ada = await enterRoom(browser, host.room, 'Ada');
      for (const card of CARDS) await notify(card, `message of ${card.id}`);
      await notify({ style: 'link', id: '5', title: 'No description' }, 'shown in its place');
      await entry(ada, 'notification', 'shown in its place');

      const failed = await entry(ada, 'notification', 'Build 812 failed');
      assert.equal(await failed.locator('.lozenge.error').innerText(), 'FAILED');
      assert.equal(await failed.locator('.card-description b').innerText(), 'staging');
      assert.equal(await failed.locator('.card-title a').getAttribute('rel'), 'noopener noreferrer');
      assert.equal(await (await entry(ada, 'notification', 'How we deploy')).locator('.card-host').innerText(), 'docs.example.test');
      const folded = await entry(ada, 'notification', 'Ada closed 4 tickets');
      assert.ok(!await folded.getByText('All of them').isVisible());
      await folded.locator('summary').click();
      await folded.getByText('All of them').waitFor();
      await picture(ada, 'room-cards');

      await notify(null, '<a href="https://example.test/x" data-target="other.addon:panel">not mine</a>');
      const link = (await entry(ada, 'notification', 'not mine')).getByRole('link');
      assert.equal(await link.getAttribute('data-target'), 'other.addon:panel');
      assertContent(ada);

      const dark = await enterRoom(browser, host.room, 'Bo', DARK);
      await entry(dark, 'notification', 'Build 812 failed');
      await picture(dark, 'room-cards-dark');
    })));
