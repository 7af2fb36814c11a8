/**
 * Makes a process of the built program believe that it runs on a machine of its own: another name, another start, and a
 * wall clock that is off. Clocks that nobody sets go on as they are. Loaded before the program by `node --import`.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

const BOOT_ID = '/proc/sys/kernel/random/boot_id';
const { name, bootId, clockOffsetMs } = JSON.parse(process.env.CHAOS_MACHINE);

os.hostname = () => name;
const { readFileSync } = fs;
fs.readFileSync = (path, ...rest) => (path === BOOT_ID ? bootId : readFileSync(path, ...rest));
syncBuiltinESMExports();

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + clockOffsetMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + clockOffsetMs;
  }
};
