/** Writes `docs/licences.md` after a change of what is depended on: `npm run licences`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { licencesPage, shippedPackages } from './licences.js';

writeFileSync(join(import.meta.dirname, '../../docs/licences.md'), licencesPage(shippedPackages()));
