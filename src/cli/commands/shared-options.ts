import type { OptionSpec } from '../command.js';

/** Options that every command takes. Declared as strings: phones, ids and paths stay as they were typed. */
export const GLOBAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  ledger: { about: 'option.ledger', type: 'string', requiresArg: true },
  user: { about: 'option.user', type: 'string', requiresArg: true },
  json: { about: 'option.json', type: 'boolean', default: false },
  yes: { about: 'option.yes', type: 'boolean', default: false, alias: 'y' },
  lang: { about: 'option.lang', type: 'string', choices: ['en', 'es'], requiresArg: true },
  color: { about: 'option.color', type: 'boolean', default: true },
  'log-level': {
    about: 'option.log-level',
    type: 'string',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    requiresArg: true,
  },
  'log-format': { about: 'option.log-format', type: 'string', choices: ['text', 'json'], requiresArg: true },
  'log-file': { about: 'option.log-file', type: 'string', requiresArg: true },
  'log-phones': { about: 'option.log-phones', type: 'boolean', default: false },
};

/** Options of `send` and `check` that replace settings of the campaign file. */
export const OVERRIDES: Readonly<Record<string, OptionSpec>> = {
  rate: { about: 'option.rate', type: 'string', requiresArg: true },
  concurrency: { about: 'option.concurrency', type: 'string', requiresArg: true },
};

/** A host that credentials may go to although nothing else says so. */
export const TRUST_HOST: Readonly<Record<string, OptionSpec>> = {
  'trust-host': { about: 'option.trust-host', type: 'string', array: true, requiresArg: true },
};

/** The sandbox instead of the provider. */
export const SANDBOX: Readonly<Record<string, OptionSpec>> = {
  sandbox: { about: 'option.sandbox', type: 'boolean', default: false },
};

/** Sends from a shared ledger whose database was switched to another server. */
export const ACCEPT_FAILOVER: Readonly<Record<string, OptionSpec>> = {
  'accept-failover': { about: 'option.accept-failover', type: 'boolean', default: false },
};

/** Sends from a ledger that is not the one it was sent from. */
export const ACCEPT_LEDGER: Readonly<Record<string, OptionSpec>> = {
  'accept-ledger': { about: 'option.accept-ledger', type: 'boolean', default: false },
};

/** `a,b` is the same as `a b`. */
export function separated(value: unknown): unknown {
  return Array.isArray(value) ? value.flatMap((text) => String(text).split(',')) : value;
}
