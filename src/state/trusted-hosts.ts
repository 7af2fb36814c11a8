import { join } from 'node:path';
import { failed, ok, type Result } from '../core/problem.js';
import { readStateFile, writeStateFile } from './state-file.js';

/** Hosts of which a person said once that credentials may go there. */
export function readTrustedHosts(stateDir: string): Result<readonly string[]> {
  const file = fileIn(stateDir);
  const read = readStateFile(file, hostsIn);
  switch (read.kind) {
    case 'none':
      return ok([]);
    case 'read':
      return ok(read.value);
    case 'damaged':
      return failed({ code: 'host.memory-damaged', params: { file } });
    case 'unreadable':
      return failed({ code: 'state.unreadable', params: { file, detail: read.detail } });
  }
}

/** Remembers a host. Problems: `state.unwritable`, and those of reading. */
export function rememberTrustedHost(stateDir: string, host: string): Result<null> {
  const known = readTrustedHosts(stateDir);
  if (!known.ok) return known;
  if (known.value.includes(host)) return ok(null);
  return writeStateFile(fileIn(stateDir), `${JSON.stringify({ hosts: [...known.value, host] })}\n`);
}

function fileIn(stateDir: string): string {
  return join(stateDir, 'trusted-hosts.json');
}

function hostsIn(value: unknown): readonly string[] | null {
  const hosts = typeof value === 'object' && value !== null && 'hosts' in value ? value.hosts : null;
  return Array.isArray(hosts) && hosts.every((host) => typeof host === 'string') ? hosts : null;
}
