import { BOUNDS } from '../core/bounds.js';
import { failed, ok, type Result } from '../core/problem.js';
import { listField, section, textField } from './fields.js';

const PART = BOUNDS.approvedText.value;

/** `text` of the campaign file. */
export const templateText = section(
  'The approved text, for previews and checks; never sent. Without it, the provider is asked for it.',
  {
    header: textField('The header, where it has words.', '"Pedido {{1}}"', {}, PART).optional(),
    body: textField('The text, with the variables as they were saved.', '"Hola {{1}}, …"', {}, PART),
    footer: textField(
      'The small line below the text.',
      'Responda BAJA para no recibir más',
      {},
      PART,
    ).optional(),
    buttons: listField({
      parse: parseButtons,
      description: 'What stands on the buttons.',
      example: '[Pagar ahora]',
      editor: { type: ['array', 'string'], items: { type: 'string' } },
    }).optional(),
  },
);

function parseButtons(texts: readonly string[]): Result<readonly string[]> {
  const key = 'text.buttons';
  const most = BOUNDS.templateButtons.value;
  if (texts.length > most)
    return failed({ code: 'campaign.too-many', params: { key, found: texts.length, most } });
  const long = texts.find((label) => label.length > PART);
  if (long === undefined) return ok(texts);
  return failed({ code: 'campaign.too-long', params: { key, found: long.length, most: PART } });
}
