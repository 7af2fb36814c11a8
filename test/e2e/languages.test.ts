import { describe, expect, it } from 'vitest';
import { type CliPlace, campaignYaml, cliPlace, recipientsCsv } from '../support/run-cli.js';

function place(): CliPlace {
  const made = cliPlace();
  made.write('campaign.yaml', campaignYaml());
  made.write('recipients.csv', `${recipientsCsv(2)}nobody,Ana\n`);
  return made;
}

describe('languages', () => {
  it('are chosen by --lang, else by LC_ALL, LC_MESSAGES and LANG', async () => {
    const { run } = place();
    expect((await run(['--help', '--lang', 'es'])).stdout).toContain('Comandos:');
    expect((await run(['--help', '--lang=es'])).stdout).toContain('Comandos:');
    expect((await run(['--help'], { LANG: 'es_PE.UTF-8' })).stdout).toContain('Comandos:');
    expect((await run(['--help'], { LANG: 'es_PE.UTF-8', LC_ALL: 'C' })).stdout).toContain('Commands:');
    expect((await run(['--help', '--lang', 'en'], { LANG: 'es_PE.UTF-8' })).stdout).toContain('Commands:');
  });

  it('reach everything that a person reads of a send in Spanish', async () => {
    const { run, path } = place();
    const { stdout, stderr } = await run(['send', 'campaign.yaml', '--sandbox', '--lang', 'es']);
    for (const sentence of [
      'por enviar ahora',
      'cuerpo 1  Ana 0',
      '2 aceptados',
      'Aparte, 1 fila con error.',
    ]) {
      expect(stdout).toContain(sentence);
    }
    expect(stderr).toContain('SANDBOX: nada sale de este equipo.');
    expect(path('rejected.csv')).toBeTruthy();
    expect((await run(['status', 'sale', '--lang', 'es'])).stdout).toContain('Última ejecución:');
  });

  it('reach the errors of a wrong command line', async () => {
    const { run } = place();
    expect((await run(['send', '--lang', 'es'])).stderr).toContain('Falta algo. Se usa así: plazcast send');
    expect((await run(['sned', '--lang', 'es'])).stderr).toContain('¿Quiso decir "send"?');
  });

  it('do not change what scripts read', async () => {
    const { run } = place();
    const english = await run(['check', 'campaign.yaml', '--json']);
    const spanish = await run(['check', 'campaign.yaml', '--json', '--lang', 'es']);
    expect(Object.keys(spanish.json)).toEqual(Object.keys(english.json));
    expect(spanish.json['counts']).toEqual(english.json['counts']);
  });
});
