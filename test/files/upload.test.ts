import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { putUpload } from '../../src/files/upload.js';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'plazcast-upload-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const uploadIn = (folder: string) => ({ id: 'up', file: join(folder, 'up'), bytes: 3 });

test('an upload comes into the place of a file', async () => {
  const folder = folderWith({ up: 'new', 'rejected.csv': 'old' });
  expect(await putUpload(uploadIn(folder), join(folder, 'rejected.csv'))).toMatchObject({ ok: true });
  expect(readFileSync(join(folder, 'rejected.csv'), 'utf8')).toBe('new');
});

test('an upload that a second press took meanwhile is gone, and the file stays', async () => {
  const folder = folderWith({ 'rejected.csv': 'old' });
  expect(await putUpload(uploadIn(folder), join(folder, 'rejected.csv'))).toMatchObject({
    problems: [{ code: 'upload.gone' }],
  });
  expect(readdirSync(folder)).toEqual(['rejected.csv']);
  expect(readFileSync(join(folder, 'rejected.csv'), 'utf8')).toBe('old');
});
