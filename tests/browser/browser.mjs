// Chromium, pages that must not complain, and pictures of them.
//
// CHROMIUM names another program than Debian's; HIPCHAT_SCREENSHOTS a folder to keep pictures in.

import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

import { load } from '../node/packages.mjs';

const { chromium } = load('browser', 'playwright-core');

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const DESKTOP = { viewport: { width: 1280, height: 800 }, colorScheme: 'light' };
export const DARK = { ...DESKTOP, colorScheme: 'dark' };
export const PHONE = { viewport: { width: 390, height: 780 }, colorScheme: 'light', hasTouch: true };

export const startBrowser = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });

/** A page of somebody with a browser of their own; `complaints` collects errors of its scripts and policy. */
export async function openPage(browser, address, look = DESKTOP) {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') page.complaints.push(message.text());
  });
  await page.goto(address);
  return page;
}

/** The room as that person, once it is connected. */
export async function enterRoom(browser, room, name, look = DESKTOP) {
  const page = await openPage(browser, `${room}?as=${encodeURIComponent(name)}`, look);
  await connected(page);
  return page;
}

export const connected = (page) => page.locator('body[data-state="open"]').waitFor();

/** Waits for the entry of the timeline that is of that kind and holds the text, and answers it. */
export async function entry(page, kind, text) {
  const found = page.locator(`#entries [data-kind="${kind}"]`, { hasText: text }).last();
  await found.waitFor();
  return found;
}

export async function say(page, text) {
  await page.locator('#draft').fill(text);
  await page.keyboard.press('Enter');
}

export function assertContent(page) {
  assert.deepEqual(page.complaints, [], 'the page reported no error');
}

export async function picture(page, name) {
  const folder = process.env.HIPCHAT_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
