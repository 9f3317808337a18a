/** A person at the keyboard: opens the workbench in a browser and does and sees what a user would. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BrowserContext, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';

/** Long, because a loaded machine with two cores is slow, and never waited for on a quiet one. */
const patience = 60_000;

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface OpenOptions {
  readonly browser?: string;
  readonly screenshots?: string;
  readonly width?: number;
  readonly height?: number;
}

export async function openPage(url: string, options: OpenOptions = {}): Promise<Workbench> {
  const profile = await mkdtemp(join(tmpdir(), 'jl-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.browser ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
  });
  const page = context.pages()[0] ?? await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(url);
  await page.locator('.monaco-workbench').waitFor();
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  return new Workbench(page, context, profile, resolve(options.screenshots ?? 'out/screenshots'));
}

export class Workbench {
  constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly profile: string,
    private readonly screenshots: string,
  ) {}

  async close(): Promise<void> {
    await this.context.close();
    await rm(this.profile, { recursive: true, force: true });
  }

  async screenshot(name: string): Promise<string> {
    await mkdir(this.screenshots, { recursive: true });
    const path = join(this.screenshots, `${name}.png`);
    // Hovers and menus fade in.
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path });
    return path;
  }

  async openFile(name: string): Promise<void> {
    await this.quickInput('Control+p', name);
    await this.page.locator(`.tab.active[data-resource-name="${name.split('/').at(-1) ?? name}"]`).waitFor();
    await this.page.locator('.monaco-editor .view-line').first().waitFor();
    await this.clickEmptyPart();
  }

  /** CodeLens entries become links only once the editor has been clicked; the empty space right of a line is a safe place. */
  async clickEmptyPart(): Promise<void> {
    const box = await this.editor().boundingBox();
    if (box === null) throw new Error('No editor is visible.');
    await this.page.mouse.click(box.x + box.width - 60, box.y + box.height - 40);
  }

  editor(): Locator {
    return this.page.locator('.editor-instance .monaco-editor').first();
  }

  /** Waits for the first squiggle of a severity and answers how many there are. */
  async waitForSquiggle(severity: Severity): Promise<number> {
    const squiggles = this.page.locator(`.monaco-editor .squiggly-${severity}`);
    await squiggles.first().waitFor();
    return squiggles.count();
  }

  squiggles(severity: Severity): Promise<number> {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`).count();
  }

  async goToLine(line: number, column = 1): Promise<void> {
    await this.quickInput('Control+g', `:${line}:${column}`);
  }

  /** The texts of the lines now on screen, inlay hints included, with their line numbers. */
  async visibleLines(): Promise<{ line: number; text: string }[]> {
    const lines = await this.page.evaluate(`(() => {
      const rows = (selector, pick) => [...document.querySelectorAll('.editor-instance .monaco-editor ' + selector)]
        .map((row) => [row.getBoundingClientRect().top, pick(row)]);
      const numbers = rows('.margin-view-overlays .line-numbers', (row) => Number(row.textContent));
      return rows('.view-line', (row) => row.textContent).map(([top, text]) => {
        const nearest = numbers.reduce((best, entry) => Math.abs(entry[0] - top) < Math.abs(best[0] - top) ? entry : best, [1e9, 0]);
        return { line: nearest[1], text: text.replace(/\\u00a0/g, ' ') };
      }).sort((left, right) => left.line - right.line);
    })()`) as { line: number; text: string }[];
    return lines;
  }

  /** Line and column of the first place in the text on screen, found as a user finds it. */
  async find(pattern: RegExp): Promise<{ line: number; column: number }> {
    return this.poll(`a line that matches ${String(pattern)}`, async () => {
      for (const { line, text } of await this.visibleLines()) {
        const at = text.search(pattern);
        if (at >= 0) return { line, column: at + 1 };
      }
      return undefined;
    });
  }

  async waitForText(pattern: RegExp): Promise<string> {
    return this.poll(`a line that matches ${String(pattern)}`, async () =>
      (await this.visibleLines()).map((entry) => entry.text).find((text) => pattern.test(text)));
  }

  async codeLensTexts(): Promise<string[]> {
    const texts = await this.page.locator('.contentWidgets .codelens-decoration').allTextContents();
    // Several lenses of one line are one decoration.
    return texts.flatMap((text) => text.replace(/\u00a0/g, ' ').split(' | ')).map((text) => text.trim()).filter((text) => text !== '');
  }

  async waitForCodeLens(pattern: RegExp): Promise<string> {
    return this.poll(`a CodeLens that matches ${String(pattern)}`, async () =>
      (await this.codeLensTexts()).find((text) => pattern.test(text)));
  }

  async clickCodeLens(pattern: RegExp): Promise<void> {
    await this.page.locator('.contentWidgets .codelens-decoration a').filter({ hasText: pattern }).first().click();
  }

  /** Shows the hover at the caret, which is exact where a mouse would have to guess at pixels. It comes in parts: the text is there when it is as wanted. */
  async hoverAt(line: number, column: number, wanted: RegExp): Promise<string> {
    await this.goToLine(line, column);
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents');
    await this.pressUntil(hover.first(), 'Control+k', 'Control+i');
    return this.poll(`a hover that matches ${String(wanted)}`, async () => {
      const text = (await hover.allInnerTexts()).join('\n').trim();
      return wanted.test(text) ? text : undefined;
    });
  }

  /** Rests the mouse on the first visible occurrence of a text. */
  async hoverOver(text: string): Promise<string> {
    const target = this.page.locator('.monaco-editor .view-line span').filter({ hasText: text }).last();
    await target.hover();
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents');
    await hover.first().waitFor();
    return (await hover.allInnerTexts()).join('\n');
  }

  async dismissHover(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.page.mouse.move(2, 2);
  }

  async runCommand(title: string): Promise<void> {
    await this.quickInput('F1', `>${title}`);
  }

  /** Opens a quick input, types into it, and accepts its first offer. A part of the workbench that takes the focus meanwhile closes the input: then it is opened again. */
  async quickInput(key: string, text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:not(.hidden)');
    const input = widget.locator('input[type=text]').first();
    const offer = widget.locator('.quick-input-list .monaco-list-row').first();
    await this.poll(`the quick input for ${text}`, async () => {
      await this.pressUntil(input, key);
      try {
        await input.fill(text, { timeout: 3000 });
        await offer.waitFor({ timeout: 10_000 });
        // The list is filled from several providers; the offer that is first now may still be the one for the previous text.
        await this.page.waitForTimeout(400);
        if (await input.inputValue({ timeout: 1000 }) !== text) return undefined;
        await input.press('Enter', { timeout: 3000 });
        return true;
      } catch {
        await this.page.keyboard.press('Escape');
        return undefined;
      }
    });
    // A command may open the next input at once, so only its own list is waited for.
    await offer.waitFor({ state: 'hidden', timeout: 5000 }).catch(() => undefined);
  }

  /** Answers an input box, which has no list. */
  async quickText(text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:not(.hidden)');
    const input = widget.locator('input[type=text]').first();
    await input.fill(text);
    await this.page.waitForTimeout(200);
    await input.press('Enter');
    await widget.waitFor({ state: 'hidden' });
  }

  webviewFrame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  async problems(): Promise<string[]> {
    await this.page.keyboard.press('Control+Shift+m');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await rows.first().waitFor();
    return (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
  }

  async closeBottomPanel(): Promise<void> {
    await this.runCommand('View: Hide Panel');
  }

  /** Where the caret is, read from the status bar, once it is where it is wanted. */
  async caret(wanted: (place: { line: number; column: number }) => boolean = () => true): Promise<{ line: number; column: number }> {
    return this.poll('the caret', async () => {
      const texts = await this.page.locator('.statusbar-item').allInnerTexts();
      const match = texts.map((text) => /Ln (\d+), Col (\d+)/.exec(text)).find((each) => each !== null);
      const place = { line: Number(match?.[1]), column: Number(match?.[2]) };
      return match !== undefined && wanted(place) ? place : undefined;
    });
  }

  /** Opens the light bulb's menu at the caret and answers its titles. */
  async codeActions(): Promise<string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    await this.pressUntil(rows.first(), 'Control+.');
    return (await rows.allInnerTexts()).map((text) => text.trim());
  }

  async statusBarTexts(): Promise<string[]> {
    return (await this.page.locator('.statusbar-item').allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '');
  }

  /** Replaces the text of a whole line by typing. */
  async retypeLine(line: number, text: string): Promise<void> {
    await this.goToLine(line);
    await this.page.keyboard.press('Shift+End');
    await this.page.keyboard.insertText(text);
  }

  /** On a loaded machine a key may come while the focus is still on its way, and is lost. */
  private async pressUntil(wanted: Locator, ...keys: readonly string[]): Promise<void> {
    await this.poll(keys.join(' '), async () => {
      for (const key of keys) await this.page.keyboard.press(key);
      return wanted.waitFor({ timeout: 5000 }).then(() => true, () => undefined);
    });
  }

  /** Asks again and again until there is an answer. */
  async poll<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer> {
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`Waited ${patience / 1000} s for ${what}.`);
  }
}
