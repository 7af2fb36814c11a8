import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWord } from '../../src/core/harmless.js';

it('cmd.exe reads one word, too: it knows double quotes alone', () => {
  const words = ['sales of 2026', "Ana's sale", 'a,b', 'C:/Users/Ana María/plazcast.db'].map(shellWord);
  expect(words).toEqual(['"sales of 2026"', `"Ana's sale"`, '"a,b"', '"C:/Users/Ana María/plazcast.db"']);
});

it('zsh and PowerShell read what they would put something else for: =program and @words', () => {
  expect(['=ls', '@sales', 'a=b@c'].map(shellWord)).toEqual(['"=ls"', '"@sales"', 'a=b@c']);
});

it.skipIf(!existsSync('/bin/sh'))('a shell reads one word again, whatever stands in it', () => {
  expect([shellWord('A-7'), shellWord('a b'), shellWord('')]).toEqual(['A-7', '"a b"', '""']);
  const texts = fc.sample(fc.string({ unit: fc.constantFrom(...'a7 \'"$`\\*~;&|<>(){}#!\n\t=é') }), 60);
  const words = texts.map(shellWord).join(' ');
  const script = `for word in ${words}; do printf '%s\\0' "$word"; done`;
  const read = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  expect(read.split('\0').slice(0, -1)).toEqual(texts);
});
