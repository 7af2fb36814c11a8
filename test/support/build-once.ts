import { execFileSync } from 'node:child_process';

/** Builds `dist/` before the tests, so that tests of the command run what a user runs. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
