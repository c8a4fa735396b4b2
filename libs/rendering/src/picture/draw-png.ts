import type { CDPSession, Page } from 'puppeteer';
import { finishPng } from './finish-png.ts';

const METRE = 96 / 0.0254;

/**
 * The certificate that stands filled and fitted in the page, as a PNG file of this width in pixels. Its height is that of the page, rounded down: a row that the page
 * covers in part would be a light line, but where hardly anything is missing.
 *
 * @param credential a compact JWS, or the text of a JSON document, to be baked in
 */
export async function drawPng(page: Page, session: CDPSession, width: number, credential?: string): Promise<Buffer> {
  const size = await page.evaluate((pixels: number) => {
    const certificate = document.querySelector<HTMLElement>('.laurel-page');
    if (certificate === null) throw new Error('No certificate stands in the page.');
    certificate.style.transform = 'none';
    const box = certificate.getBoundingClientRect();
    // The browser takes pictures of whole pixels of the style sheet alone, and a paper is rarely so many wide.
    certificate.style.transformOrigin = '0 0';
    certificate.style.transform = `scale(${pixels / box.width})`;
    return { width: box.width, height: box.height };
  }, width);
  const scale = width / size.width;
  // Lengths that depend on the window are those of the paper.
  const window = { width: Math.round(size.width), height: Math.round(size.height) };
  await session.send('Emulation.setDeviceMetricsOverride', { ...window, deviceScaleFactor: 1, mobile: false });
  try {
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'png',
      captureBeyondViewport: true,
      clip: { x: 0, y: 0, width, height: Math.floor(size.height * scale + 0.05), scale: 1 },
    });
    return await finishPng(Buffer.from(data, 'base64'), scale * METRE, credential);
  } finally {
    await session.send('Emulation.clearDeviceMetricsOverride');
  }
}
