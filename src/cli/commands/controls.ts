import type { CommandDetails } from '../command.js';
import { SANDBOX } from './shared-options.js';

function controlCommand(word: 'pause' | 'resume' | 'cancel'): CommandDetails {
  return {
    permission: 'operate',
    positionals: { campaign: { about: 'help.campaign-known' } },
    options: { ...SANDBOX },
    examples: [[`plazcast ${word} welcome`, `help.${word}`]],
    run: async (args, cli) => {
      const { controlCommand: run } = await import('../control/control-command.js');
      return run(word, args, cli);
    },
  };
}

export const pause = controlCommand('pause');
export const resume = controlCommand('resume');
export const cancel = controlCommand('cancel');
