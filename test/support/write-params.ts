/** Writes `src/locales/params.ts` after a change of `src/locales/en.json`: `npm run params`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import en from '../../src/locales/en.json' with { type: 'json' };
import { paramsSource } from './sentence-params.js';

writeFileSync(join(import.meta.dirname, '../../src/locales/params.ts'), paramsSource(en));
