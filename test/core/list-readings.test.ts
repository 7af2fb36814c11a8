import { describe, expect, it } from 'vitest';
import { ListReadings } from '../../src/core/list-readings.js';

/** What each reading but the first says at its end, of lists whose records are letters; `|` begins another page. */
function ends(...lists: readonly string[]): readonly boolean[] {
  const readings = new ListReadings();
  return lists.map((list) => {
    for (const page of list.split('|')) readings.see([...page].map((id) => ({ id })));
    return readings.end(true);
  });
}

describe('a list whose tokens count records', () => {
  it('was seen whole once all came again', () => {
    expect(ends('ab|cd', 'ab|cd')).toEqual([false, true]);
    expect(ends('ab|cd', 'xa|bc|d')).toEqual([false, true]);
  });

  it('was not, while one vanished that others stand behind', () => {
    expect(ends('ab|cd', 'ac|d', 'ad', 'ad')).toEqual([false, false, false, true]);
  });

  it('may lose its oldest at its end, which moves nothing', () => {
    expect(ends('ab|cd', 'ab')).toEqual([false, true]);
  });

  it('is told apart by ids that differ in little, also when it is long', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => ({
      id: `3f1c-${String(index).padStart(28, '0')}`,
    }));
    const readings = new ListReadings();
    const [all, oneLess] = [ids, ids.toSpliced(10_000, 1)];
    const told = [all, all, oneLess, oneLess].map((list) => {
      readings.see(list);
      return readings.end(true);
    });
    expect(told).toEqual([false, true, false, true]);
  });

  it('was not by a reading whose beginning nobody remembers', () => {
    const readings = new ListReadings();
    readings.see([{ id: 'c' }]);
    readings.end(false);
    readings.see([{ id: 'c' }]);
    expect(readings.end(true)).toBe(false);
  });
});
