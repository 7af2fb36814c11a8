import { describe, expect, it } from 'vitest';
import { columnKey, variableOfColumn } from '../../src/core/column-key.js';

describe('column names', () => {
  it('match without regard to case, accents and space around', () => {
    expect(columnKey('  Teléfono ')).toBe(columnKey('TELEFONO'));
    expect(columnKey('Fecha  de\u00a0pago')).toBe(columnKey('fecha de pago'));
    expect(columnKey('\ufeffnombre')).toBe('nombre');
  });

  it('keep the name of a variable as the template has it', () => {
    expect(variableOfColumn(' BODY.Nombre ')).toEqual({ place: 'body', variable: 'Nombre' });
    expect(variableOfColumn('Header.{{1}}')).toEqual({ place: 'header', variable: '{{1}}' });
    expect(columnKey('Body.Año')).not.toBe(columnKey('body.ano'));
    expect(columnKey('Body.Año')).toBe(columnKey('body.Año'));
  });

  it('are ordinary ones without prefix or name', () => {
    expect(variableOfColumn('body.')).toBeNull();
    expect(variableOfColumn('somebody.1')).toBeNull();
  });
});
