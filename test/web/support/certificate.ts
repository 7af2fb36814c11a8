import { execFileSync, spawnSync } from 'node:child_process';
import type { CliPlace } from '../../support/run-cli.js';

/** Whether there is a program that makes certificates. */
export const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;

/** Names that the certificate of the tests stands for. */
const NAMES = 'DNS:*.wild.example,DNS:campaigns.example,DNS:localhost,IP:127.0.0.1';

/** Makes a certificate that vouches for itself, `NAME.pem` and `NAME.key` in the place. Returns its text. */
export function madeCertificate(place: CliPlace, name = 'server'): string {
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=subject.example';
  const files = ['-addext', `subjectAltName=${NAMES}`, '-keyout', `${name}.key`, '-out', `${name}.pem`];
  execFileSync('openssl', [...words.split(' '), ...files], { cwd: place.folder, stdio: 'pipe' });
  return place.read(`${name}.pem`);
}
