// A phone in a person's hand: a real Chromium, by default of 360 by 800 CSS pixels, signed in by a one-time link.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { createUser, makeSignInLink } from '../../src/accounts/accounts.service.ts';
import { homeOf } from '../../src/accounts/accounts.view.ts';
import { sessionModel } from '../../src/accounts/sessions.model.ts';
import type { Actor } from '../../src/actor.ts';
import { paths } from '../../src/paths.ts';
import type { TestApp } from './app.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts the browser that comes with the project; close it after the tests. */
export async function startBrowser(): Promise<Browser> {
  // In one process Chromium ends with its first closed window.
  const args = sparticuz.args.filter((one) => one !== '--single-process' && one !== '--no-zygote');
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args, headless: true });
}

export type PhoneOptions = { width?: number; height?: number; script?: boolean };

/** Opens a window on the app; close its context after use. */
export async function openPhone(browser: Browser, app: TestApp, options: PhoneOptions = {}): Promise<Page> {
  const { width = 360, height = 800, script = true } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled: script,
    hasTouch: true,
    locale: 'vi-VN',
    baseURL: app.url,
  });
  return context.newPage();
}

/** Signs the person in, who is stored with this; once a person. */
export async function signIn(page: Page, app: TestApp, actor: Actor): Promise<void> {
  const { userId: id, name } = actor;
  await createUser(app.db, { id, name, login: `${id}@example.vn`, roles: [...actor.roles] }, app.deps.clock());
  const token = await makeSignInLink(app.db, id, 'sign-in', app.deps.clock(), 10);
  await page.goto(paths.signInLink(token));
  await page.locator('[data-test=sign-in-link] button').click();
  // What else a deed may ask for is the subject of test/accounts.
  const proven = { passwordAt: app.deps.clock(), secondFactorAt: app.deps.clock() };
  await sessionModel(app.db).updateMany({ userId: id }, { $set: proven });
  await page.goto(homeOf(actor));
}

/** What axe-core finds wrong (WCAG 2.2 AA and good practice), one line a rule. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { target: string[] }[] }[] };
    const { axe } = globalThis as unknown as { axe: { run(): Promise<Found> } };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  });
}

/** By how many CSS pixels the page is wider than the window, text at `textPercent` of its size. */
export async function sidewaysScroll(page: Page, textPercent = 100): Promise<number> {
  return page.evaluate((percent) => {
    type Root = { style: { fontSize: string }; scrollWidth: number; clientWidth: number };
    const root = (globalThis as unknown as { document: { documentElement: Root } }).document.documentElement;
    root.style.fontSize = `${percent}%`;
    return root.scrollWidth - root.clientWidth;
  }, textPercent);
}
