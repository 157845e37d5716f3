import { openBrowser, type TestBrowser } from './chromium';

// Page code is text: these files are checked without the browser's types.
const WIDTHS = `(() => {
  const context = document.createElement('canvas').getContext('2d');
  context.font = '100px sans-serif';
  const width = (text) => context.measureText(text).width;
  return { joined: width('स्त'), apart: width('स') + width('्') + width('त'), narrow: width('ि'), wide: width('म') };
})()`;

describe('the browser of the tests', () => {
  let running: TestBrowser;
  beforeAll(async () => {
    running = await openBrowser();
  });
  afterAll(() => running.stop());

  it('draws Hindi with a font that knows it, letters joined', async () => {
    const page = await running.browser.newPage();
    const shown = await page.evaluate<Record<'joined' | 'apart' | 'narrow' | 'wide', number>>(WIDTHS);
    expect(shown.joined).toBeLessThan(shown.apart);
    expect(shown.narrow).not.toBe(shown.wide);
    await page.close();
  });
});
