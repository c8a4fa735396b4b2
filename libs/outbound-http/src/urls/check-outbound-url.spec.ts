import { describe, expect, it } from 'vitest';
import { checkOutboundUrl } from './check-outbound-url.ts';

describe('checkOutboundUrl', () => {
  it.each([
    ['no url', 'is no URL'],
    ['ftp://example.org/', 'must begin with https://'],
    ['file:///etc/passwd', 'must begin with https://'],
    ['https://user:password@example.org/', 'user name or a password'],
    ['https://user@example.org/', 'user name or a password'],
    ['https://example.org:22/', 'port 22'],
    ['https://example.org:5432/', 'port 5432'],
    ['https://localhost/', 'this machine itself'],
    ['https://localhost./', 'this machine itself'],
    ['https://a.localhost/', 'this machine itself'],
    ['https://127.0.0.1/', 'a loopback address'],
    ['https://2130706433/', 'a loopback address'],
    ['https://0x7f000001/', 'a loopback address'],
    ['https://0177.0.0.1/', 'a loopback address'],
    ['https://127.1/', 'a loopback address'],
    ['https://127.0.0.1./', 'a loopback address'],
    ['https://①②⑦.0.0.1/', 'a loopback address'],
    ['https://[::1]/', 'a loopback address'],
    ['https://[::ffff:10.0.0.1]/', 'a private address'],
    ['https://169.254.169.254/latest/meta-data', 'a link-local address'],
    [`https://example.org/${'x'.repeat(2_048)}`, 'longer than'],
  ])('%s', (url, words) => {
    expect(checkOutboundUrl(url)).toContain(words);
  });

  it.each([
    'https://example.org',
    'http://example.org/hooks?a=b',
    'https://example.org:8443/',
    'https://[2606:4700::1111]/',
  ])('lets %s through', (url) => expect(checkOutboundUrl(url)).toBeUndefined());

  it('lets exactly the host and port through that are allowed', () => {
    const allow = ['127.0.0.1:8080', 'localhost:80'];
    const rules = { httpsOnly: true };
    expect(checkOutboundUrl('http://127.0.0.1:8080/hooks', allow, rules)).toBeUndefined();
    expect(checkOutboundUrl('http://localhost/', allow, rules)).toBeUndefined();
    expect(checkOutboundUrl('http://127.0.0.1:8081/', allow, rules)).toBe('must begin with https://');
    expect(checkOutboundUrl('https://127.0.0.1:8081/', allow, rules)).toContain('loopback');
    expect(checkOutboundUrl('http://u@127.0.0.1:8080/', allow, rules)).toContain('user name');
    expect(checkOutboundUrl('http://example.org/', allow, rules)).toBe('must begin with https://');
  });
});
