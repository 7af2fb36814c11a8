import { describe, expect, it } from 'vitest';
import { checkedFileUrl } from '../../src/core/checked-url.js';
import { isPublicHost } from '../../src/core/public-host.js';

/** The code of the problem with an address, or `ok`. */
function judged(url: string): string {
  const checked = checkedFileUrl(url);
  return checked.ok ? 'ok' : checked.problems.map(({ code }) => code).join();
}

describe('the address of a file', () => {
  it.each([
    'https://example.com/a.pdf',
    'https://files.example.com:8443/a.pdf?X-Amz-Signature=1',
    'https://8.8.8.8/a.pdf',
    'https://172.32.0.1/a.pdf',
    'https://100.128.0.1/a.pdf',
    'https://[2606:4700:4700::1111]/a.pdf',
    'https://[2002:808:808::1]/a.pdf',
    'https://[64:ff9b::808:808]/a.pdf',
    'http://127.0.0.1:4010/a.pdf',
    'http://localhost/a.pdf',
    'https://[::1]/a.pdf',
  ])('may be %s', (url) => {
    expect(judged(url)).toBe('ok');
  });

  it.each([
    ['file:///etc/passwd', 'url.invalid'],
    ['file://localhost/etc/passwd', 'url.invalid'],
    ['ftp://example.com/a.pdf', 'url.invalid'],
    ['data:text/plain,x', 'url.invalid'],
    ['javascript:alert(1)', 'url.invalid'],
    ['//example.com/a.pdf', 'url.invalid'],
    ['a.pdf', 'url.invalid'],
    ['http://example.com/a.pdf', 'url.plain-http'],
    ['http://169.254.169.254/latest/meta-data', 'url.plain-http'],
    ['https://ana:secret@example.com/a.pdf', 'url.credentials'],
    ['https://169.254.169.254/latest/meta-data/', 'url.private'],
    ['https://2852039166/', 'url.private'],
    ['https://0xa9fea9fe/', 'url.private'],
    ['https://0251.0376.0251.0376/', 'url.private'],
    ['https://10.1.2.3/', 'url.private'],
    ['https://172.16.0.1/', 'url.private'],
    ['https://172.31.255.255/', 'url.private'],
    ['https://192.168.1.1/', 'url.private'],
    ['https://100.100.100.200/', 'url.private'],
    ['https://168.63.129.16/', 'url.private'],
    ['https://0.0.0.0/', 'url.private'],
    ['https://224.0.0.1/', 'url.private'],
    ['https://255.255.255.255/', 'url.private'],
    ['https://[fe80::1]/', 'url.private'],
    ['https://[fd00:ec2::254]/', 'url.private'],
    ['https://[::]/', 'url.private'],
    ['https://[::ffff:169.254.169.254]/', 'url.private'],
    ['https://[::ffff:10.0.0.1]/', 'url.private'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'url.private'],
    ['https://[2002:a9fe:a9fe::1]/', 'url.private'],
    ['https://metadata.google.internal/computeMetadata/v1/', 'url.private'],
    ['https://METADATA.google.internal./', 'url.private'],
    ['https://printer.local/', 'url.private'],
    ['https://intranet/', 'url.private'],
  ])('is not %s: %s', (url, code) => {
    expect(judged(url)).toBe(code);
  });

  it('is judged by its host as URL writes it', () => {
    expect(isPublicHost('[2001:db8:0:1:2:3:4:5]')).toBe(true);
    expect(isPublicHost('[fc00::]')).toBe(false);
  });
});
