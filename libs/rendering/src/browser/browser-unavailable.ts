/** There is no browser to print with, now; no record is to blame, and the same call may succeed later. */
export class BrowserUnavailable extends Error {
  override readonly name = 'BrowserUnavailable';
}
