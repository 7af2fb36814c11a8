import type { Args, Cli } from '../command.js';
import { CommandFailure, EXIT } from '../exit-codes.js';
import type { HostInput } from '../host.js';

/** More than any password. */
const MOST_BYTES = 10_000;

/** A password that nobody sees: typed twice, or the first line of stdin. It never stands among a command's words. */
export async function newPassword(args: Args, { terminal, translate, host }: Cli): Promise<string> {
  if (args.flag('password-stdin')) return firstLine(host.stdin);
  if (!terminal.canAsk) throw new CommandFailure(EXIT.unusable, [{ code: 'team.password-nobody' }]);
  const { password } = await import('@inquirer/prompts');
  // A star for each sign, and no way to see them: what the library says of that has one language.
  const hidden = { mask: '*', toggleMask: false };
  const first = await password({ message: translate('user.ask-password'), ...hidden }, terminal.asks());
  const second = await password({ message: translate('user.ask-again'), ...hidden }, terminal.asks());
  if (first !== second) throw new CommandFailure(EXIT.unusable, [{ code: 'team.password-differs' }]);
  return first;
}

async function firstLine(stdin: HostInput): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stdin as AsyncIterable<Buffer | string>) {
    const read = Buffer.from(piece);
    pieces.push(read);
    bytes += read.length;
    if (bytes > MOST_BYTES || read.includes('\n')) break;
  }
  const [line = ''] = Buffer.concat(pieces).toString('utf8').split(/\r?\n/u);
  return line;
}
