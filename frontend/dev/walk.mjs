// Walks the board by keyboard in Chromium and prints what was seen.
// node dev/walk.mjs [--pairs FILE] [--shots DIR] [--offline-seconds 60]
import { chromium } from 'playwright-core';
import { mkdir } from 'node:fs/promises';
import { hostile } from './hostile.mjs';
import { llmfao, serve } from './serve.mjs';

const option = (name, fallback) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : fallback);
const shots = option('--shots', '/tmp/tiebreak-shots');
const pairs = option('--pairs', '') ? await llmfao(option('--pairs', '')) : hostile;
await mkdir(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const steps = { look, hostileTexts, latency, bursts, undo, offline, reload, refused, signedOut };
const only = option('--only', '').split(',').filter(Boolean);
for (const [name, step] of Object.entries(steps)) {
  if (only.length && !only.includes(name)) continue;
  try {
    await step();
  } catch (problem) {
    console.log(`FAILED ${name}: ${problem.message}`);
    process.exitCode = 1;
  }
}
await browser.close();
process.exit();

async function open(options = {}, context = {}) {
  const server = await serve({ latency: 100, pairs, ...options });
  const page = await (await browser.newContext({ viewport: { width: 1366, height: 768 }, ...context })).newPage();
  page.on('console', message => ['error', 'warning'].includes(message.type()) && !/net::ERR|status of 401/.test(message.text()) && console.log(`  console: ${message.text()}`));
  page.on('pageerror', error => console.log(`  page error: ${error.message}`));
  await page.goto(`${server.url}/annotate/demo`);
  await page.waitForSelector('.comparison:not(.ahead)');
  await page.waitForTimeout(400);
  return { ...server, page, finish: async () => { await page.context().close(); server.close(); } };
}
function settled(page) {
  return page.waitForFunction(() => document.querySelector('.status').textContent.trim() === 'All saved', null, { timeout: 40_000 });
}

function check(ok, what) {
  if (!ok) throw new Error(what);
}

async function look() {
  for (const [name, viewport] of [['desktop', { width: 1366, height: 768 }], ['phone', { width: 390, height: 844 }]]) {
    for (const colorScheme of ['light', 'dark']) {
      const { page, finish } = await open({}, { viewport, colorScheme });
      await page.screenshot({ path: `${shots}/${name}-${colorScheme}-rubric.png` });
      await page.keyboard.press('g');
      for (let i = 0; i < 3; i++) await page.keyboard.press('3');
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${shots}/${name}-${colorScheme}.png` });
      await page.keyboard.press('s');
      await page.keyboard.press('2');
      await page.screenshot({ path: `${shots}/${name}-${colorScheme}-skip.png` });
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.screenshot({ path: `${shots}/${name}-${colorScheme}-keys.png` });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, `${name}: the page is ${wide}px too wide`);
      await finish();
    }
  }
  console.log('look: screenshots saved');
}

async function hostileTexts() {
  const { page, url, finish } = await open({ pairs: hostile });
  const foreign = [];
  let dialogs = 0;
  page.on('request', request => !request.url().startsWith(url) && foreign.push(request.url()));
  page.on('dialog', dialog => { dialogs++; void dialog.dismiss(); });
  for (let i = 0; i < hostile.length; i++) {
    await page.screenshot({ path: `${shots}/hostile-${i}.png` });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    check(wide <= 0, `text ${i} makes the page ${wide}px too wide`);
    await page.keyboard.press('4');
    await page.waitForTimeout(60);
  }
  check((await page.evaluate(() => window.pwned)) === undefined, 'a script ran');
  check(foreign.length === 0 && dialogs === 0, `fetched ${foreign}, ${dialogs} dialogs`);
  await settled(page);
  console.log(`hostile: ${hostile.length} texts shown, nothing fetched`);
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${shots}/done.png` });
  await finish();
}

async function latency() {
  const { page, world, finish } = await open();
  const judgments = Math.min(200, pairs.length - 10);
  for (let i = 0; i < judgments; i++) {
    await page.keyboard.press(String(1 + (i % 7)));
    await page.waitForTimeout(170 + (i * 7) % 31); // out of step with the frames
  }
  await settled(page);
  const all = await page.evaluate(() => ['tiebreak:paint', 'tiebreak:next'].map(name => performance.getEntriesByName(name).map(entry => entry.duration)));
  for (const [name, times] of [['paint', all[0]], ['next (two frames)', all[1]]]) {
    times.sort((a, b) => a - b);
    const at = q => times[Math.min(times.length - 1, Math.ceil(q * times.length) - 1)].toFixed(1);
    console.log(`latency ${name}: n=${times.length} p50=${at(0.5)} p95=${at(0.95)} p99=${at(0.99)} max=${at(1)} ms`);
  }
  check(world.log.length === judgments, `${world.log.length} of ${judgments} arrived`);
  await finish();
}

async function bursts() {
  const { page, world, finish } = await open();
  const keys = ['1', '2', '3', '4', '5', '6', '7'];
  await page.evaluate(burst => { for (const key of burst) dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true })); }, keys);
  await settled(page);
  check(world.log.map(entry => entry.choice).join('') === keys.join(''), `kept ${world.log.map(entry => entry.choice)}`);
  await page.evaluate(() => { for (let i = 0; i < 5; i++) dispatchEvent(new KeyboardEvent('keydown', { key: '1', repeat: true, cancelable: true })); });
  await page.keyboard.press('Control+1');
  await page.waitForTimeout(300);
  check(world.log.length === 7, 'a repeat or a modifier judged');
  console.log('bursts: 7 keys in one task kept in order; repeats and modifiers ignored');
  await finish();
}

async function undo() {
  const { page, world, finish } = await open();
  const first = await page.textContent('.comparison:not(.ahead)');
  await page.keyboard.press('1');
  await settled(page);
  await page.keyboard.press('Control+z');
  check((await page.textContent('.comparison:not(.ahead)')) === first, 'the judged comparison did not come back');
  await page.keyboard.press('7');
  await settled(page);
  await page.keyboard.press('s');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(20);
  await page.keyboard.press('u');
  await page.keyboard.press('0');
  await settled(page);
  const standing = [...world.judgments.values()].filter(judged => !judged.undone).map(judged => judged.choice);
  check(standing.join() === '7,both_bad', `standing ${standing}`);
  console.log('undo: reopens what was sent and what was under way');
  await finish();
}

async function offline() {
  const seconds = Number(option('--offline-seconds', 60));
  const { page, world, finish } = await open();
  const total = Math.min(100, pairs.length - 10);
  let pressed = 0;
  const judge = async () => {
    if (await page.locator('.choice:enabled').count()) { await page.keyboard.press(String(1 + (pressed++ % 7))); }
    await page.waitForTimeout(120);
  };
  while (pressed < total / 2) await judge();
  world.down = true;
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) await judge();
  await page.screenshot({ path: `${shots}/offline.png` });
  console.log(`  while offline: "${(await page.textContent('.status')).trim()}"`);
  world.down = false;
  while (pressed < total) await judge();
  await settled(page);
  check(world.judgments.size === pressed, `${world.judgments.size} of ${pressed} arrived`);
  console.log(`offline: ${pressed} judgments, ${seconds} s without network in the middle, each arrived once`);
  await finish();
}

async function reload() {
  const { page, world, finish } = await open();
  world.down = true;
  for (const key of '1234') await page.keyboard.press(key);
  await page.waitForTimeout(200);
  await page.reload();
  await page.waitForTimeout(500);
  world.down = false;
  await page.waitForSelector('.comparison:not(.ahead)', { timeout: 20_000 });
  await settled(page);
  check([...world.judgments.values()].map(judged => judged.choice).join('') === '1234', 'not all arrived after the reload');
  world.down = false;
  await page.keyboard.press('5');
  await page.reload(); // at once: keepalive or the outbox must bring it
  await page.waitForSelector('.comparison:not(.ahead)');
  await settled(page);
  await page.waitForTimeout(300);
  check(world.judgments.size === 5, `${world.judgments.size} after a reload at once`);
  console.log('reload: unsent judgments arrive after it, each once');
  await finish();
}

async function refused() {
  const { page, world, finish } = await open();
  world.refuseNext = 1;
  await page.keyboard.press('2');
  await page.waitForSelector('.banner.bad');
  await page.screenshot({ path: `${shots}/refused.png` });
  console.log(`refused: "${(await page.textContent('.banner.bad')).replace(/\s+/g, ' ').trim()}"`);
  await finish();
}

async function signedOut() {
  const { page, world, finish } = await open();
  world.signedOut = true;
  await page.keyboard.press('2');
  await page.waitForSelector('.banner.warn');
  await page.screenshot({ path: `${shots}/signed-out.png` });
  world.signedOut = false;
  await settled(page);
  check(world.judgments.size === 1, 'the judgment did not arrive after signing in');
  console.log('signed out: banner shown, judgment kept and sent after');
  await finish();
}
