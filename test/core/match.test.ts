import { describe, expect, it } from 'vitest';
import {
  CLOCK_SKEW_MS,
  likeness,
  NAMELESS_BEFORE_MS,
  NEAR_BEFORE_MS,
  type SeenRecord,
  type SendTry,
  UNCLEAR_BEFORE_MS,
} from '../../src/core/match.js';
import { sentValues } from '../../src/core/sent-values.js';
import { attempt, PERSON, record, START } from './match-sample.js';
import { ana, ben, listedOf } from './values-sample.js';

const like = (over: Partial<SeenRecord>, to: SendTry = attempt) => likeness(PERSON, to, record(over));

describe('a record and an attempt', () => {
  it('match exactly with the same person, template, campaign name and a time not before the attempt', () => {
    expect(like({})).toBe('exact');
    expect(like({ persons: ['51911111111', PERSON] })).toBe('exact');
    expect(like({ templates: ['internal-17', 'welcome_es'] })).toBe('exact');
  });

  it.each([
    ['another person', { persons: ['51900000002'] }],
    ['another template', { templates: ['goodbye_es'] }],
    ['another campaign name', { campaignNames: ['Goodbye'] }],
  ])('do not match with %s', (_what, over) => {
    expect(like(over)).toBe('none');
  });

  it.each([
    ['the template is missing', { templates: [] }],
    ['the template differs in case', { templates: ['Welcome_ES'] }],
    ['the campaign name is missing', { campaignNames: [] }],
    ['the campaign name differs in space', { campaignNames: [' welcome  '] }],
    ['the time cannot be read', { at: null }],
  ])('match nearly when %s', (_what, over) => {
    expect(like(over)).toBe('near');
  });

  it('match possibly when two things are missing, or when the record names nobody', () => {
    expect(like({ templates: [], campaignNames: [] })).toBe('possible');
    expect(like({ persons: [] })).toBe('possible');
    expect(like({ campaignNames: [], type: 2 })).toBe('possible');
  });

  it('allow the clocks to differ by two minutes, then nearly, then possibly, then not at all', () => {
    const early = (ms: number) => like({ at: START - ms });
    expect([early(CLOCK_SKEW_MS), early(CLOCK_SKEW_MS + 1)]).toEqual(['exact', 'near']);
    expect([early(NEAR_BEFORE_MS), early(NEAR_BEFORE_MS + 1)]).toEqual(['near', 'possible']);
    expect([early(UNCLEAR_BEFORE_MS), early(UNCLEAR_BEFORE_MS + 1)]).toEqual(['possible', 'none']);
    expect(like({ at: START + 30 * 86_400_000 })).toBe('exact');
  });

  it('are not told apart by a clock that is wrong by a time zone, but a record of nobody is not everybody’s of a day', () => {
    expect(like({ at: START - 14 * 3_600_000 })).toBe('possible');
    const nameless = (ms: number) => like({ persons: [], at: START - ms });
    expect([nameless(NAMELESS_BEFORE_MS), nameless(NAMELESS_BEFORE_MS + 1)]).toEqual(['possible', 'none']);
  });

  it('do not need a campaign name for type individual, but doubt one that is there', () => {
    const individual: SendTry = { ...attempt, type: 'individual', campaignName: null };
    expect(like({ campaignNames: [], type: 2 }, individual)).toBe('exact');
    expect(like({ campaignNames: [], type: null }, individual)).toBe('exact');
    expect(like({ type: 2 }, individual)).toBe('near');
    expect(like({ type: 1 }, individual)).toBe('possible');
  });

  it('match exactly with the same values, and only possibly with others: that is another message', () => {
    const toAna = { ...attempt, values: sentValues(ana, []) };
    expect(like({ values: listedOf(ana) }, toAna)).toBe('exact');
    expect(like({ values: listedOf(ben) }, toAna)).toBe('possible');
    expect(like({ values: null }, toAna)).toBe('exact');
    expect(like({ values: listedOf(ben), templates: ['goodbye_es'] }, toAna)).toBe('none');
  });
});
