// Looks at every screen of the mock page, takes pictures and runs axe.
// node mock/pictures.mjs OUT [NAME…]  (first `npm run build:mock`; needs a chromium)
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser } from './browser.mjs';
import { address, SCREENS } from './screens.mjs';

const UI = fileURLToPath(new URL('..', import.meta.url));
const AXE = readFileSync(join(UI, 'node_modules/axe-core/axe.min.js'), 'utf8');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
// The policy of the real window, with the mock frame added.
const POLICY = "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; frame-src data:; object-src 'none'";
const LOOKS = {
  'light': { width: 1280, height: 800 },
  'dark': { width: 1280, height: 800, dark: true },
  '1920': { width: 1920, height: 1080 },
  'zoom200': { width: 1280, height: 800, zoom: 200 },
  'print': { width: 794, height: 1123, media: 'print' },
  'forced': { width: 1280, height: 800, features: [{ name: 'forced-colors', value: 'active' }] },
};

const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  const file = join(UI, 'mock-dist', path === '/' ? 'index.html' : path);
  const body = await readFile(file).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY });
  response.end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const [out = 'pictures', ...names] = process.argv.slice(2);
const looks = (process.env.LOOKS ?? 'light,dark').split(',');
await mkdir(out, { recursive: true });

const browser = await Browser.start();
let faults = 0;
for (const name of names.length > 0 ? names : Object.keys(SCREENS)) {
  for (const look of looks) {
    const { zoom, ...view } = LOOKS[look];
    const arrived = await browser.look(address(base, SCREENS[name]) + (zoom ? `&zoom=${zoom}` : ''), view);
    await writeFile(join(out, `${name}-${look}.png`), await browser.picture());
    await browser.evaluate(AXE);
    const found = await browser.evaluate(`axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], iframes: false }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).slice(0, 3).join(' | ')))`);
    const overflow = await browser.evaluate('document.documentElement.scrollWidth > innerWidth ? "wider than the window" : ""');
    const said = [...found, ...browser.takeComplaints(), overflow, arrived ? '' : 'did not arrive'].filter(Boolean);
    faults += said.length;
    console.log(`${name}-${look}${said.length > 0 ? `\n  ${said.join('\n  ')}` : ' ok'}`);
  }
}
browser.stop();
server.close();
process.exitCode = faults > 0 ? 1 : 0;
