import type { CommandDetails } from '../command.js';
import { SANDBOX, TRUST_HOST } from './shared-options.js';

export const doctor: CommandDetails = {
  permission: 'see',
  options: {
    full: { about: 'option.full', type: 'boolean', default: false },
    ...SANDBOX,
    ...TRUST_HOST,
  },
  examples: [
    ['plazcast doctor', 'help.doctor.plain'],
    ['plazcast doctor --full', 'help.doctor.full'],
  ],
  run: async (...asked) => (await import('../doctor/doctor-command.js')).doctorCommand(...asked),
};
