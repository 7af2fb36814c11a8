import { execSync } from 'node:child_process';

/**
 * Builds `dist/` before the tests, so that tests of the command run what a user runs. `DIST_IS_BUILT`: somebody did,
 * who runs them more than once.
 */
export function setup(): void {
  if (process.env['DIST_IS_BUILT'] !== undefined) return;
  execSync('npm run --silent build', { stdio: 'inherit' });
}
