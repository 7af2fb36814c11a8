import { describe, expect, it } from 'vitest';
import { campaignJsonSchema } from './json-schema.js';

describe('campaigns/campaign.schema.json', () => {
  // After a change of src/campaign/schema.ts: npx vitest run test/campaign/json-schema.test.ts -u
  it('is what the parser of campaign files says today', async () => {
    const text = `${JSON.stringify(campaignJsonSchema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../campaigns/campaign.schema.json');
  });

  it('describes every key, so that editors can explain it', () => {
    expect(undescribed(campaignJsonSchema(), '')).toEqual([]);
  });
});

function undescribed(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = schema as Record<string, unknown>;
  const nested = Object.entries((own['properties'] ?? {}) as Record<string, unknown>);
  const inner = ((own['anyOf'] ?? []) as unknown[]).flatMap((option) => undescribed(option, path));
  const missing = nested.flatMap(([key, value]) => {
    const described = typeof (value as Record<string, unknown>)['description'] === 'string';
    return [...(described ? [] : [`${path}${key}`]), ...undescribed(value, `${path}${key}.`)];
  });
  return [...inner, ...missing];
}
