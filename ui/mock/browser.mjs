// A chromium without a window, driven through a pipe: no package, no port.
import { spawn } from 'node:child_process';

export class Browser {
  #next = 1;
  #waiting = new Map();
  #heard = [];
  #process;
  #session;

  static async start(program = 'chromium') {
    const browser = new Browser();
    browser.#process = spawn(program, ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-pipe'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    let text = '';
    browser.#process.stdio[4].on('data', (chunk) => {
      text += chunk;
      for (let end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0')) {
        browser.#hear(JSON.parse(text.slice(0, end)));
        text = text.slice(end + 1);
      }
    });
    const { targetId } = await browser.call('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.call('Target.attachToTarget', { targetId, flatten: true });
    browser.#session = sessionId;
    await browser.call('Runtime.enable');
    await browser.call('Page.enable');
    return browser;
  }

  /** What the page wrote to its console, as errors or warnings, since the last time. */
  takeComplaints() {
    return this.#heard.splice(0);
  }

  call(method, params = {}) {
    const id = this.#next++;
    this.#process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: this.#session })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  async evaluate(expression) {
    const { result, exceptionDetails } = await this.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async look(url, { width, height, dark = false, media = '', features = [] }) {
    await this.call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.call('Emulation.setEmulatedMedia', { media, features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }, ...features] });
    await this.call('Page.navigate', { url });
    const deadline = Date.now() + 15_000;
    while ((await this.evaluate('document.documentElement?.dataset.pressed')) !== 'all') {
      if (Date.now() > deadline) return false;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.evaluate('document.fonts.ready.then(() => new Promise((r) => setTimeout(r, 120)))');
    return true;
  }

  async picture() {
    return Buffer.from((await this.call('Page.captureScreenshot', { format: 'png' })).data, 'base64');
  }

  stop() {
    this.#process.kill();
  }

  #hear(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting) {
      this.#waiting.delete(message.id);
      if (message.error) waiting.reject(new Error(message.error.message));
      else waiting.resolve(message.result);
    } else if (message.method === 'Runtime.exceptionThrown') {
      this.#heard.push(message.params.exceptionDetails.exception?.description ?? message.params.exceptionDetails.text);
    } else if (message.method === 'Runtime.consoleAPICalled' && ['error', 'warning'].includes(message.params.type)) {
      this.#heard.push(message.params.args.map((arg) => arg.value ?? arg.description).join(' '));
    }
  }
}
