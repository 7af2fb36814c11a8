import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** A campaign file for it: two values come from columns. */
export const CAMPAIGN = `name: million
template: t
recipients: { file: recipients.csv, phone: celular, country: PE }
variables:
  body: { "1": "{{ nombre }}", "2": "{{ monto }}" }
`;

/** Peruvian mobiles in no order, names, amounts in quotes, and two columns that nobody asks for: 85 bytes a row. */
export async function writeRecipients(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write('celular,nombre,monto,ciudad,direccion\n');
  for (let row = 0; row < rows; row += 1) {
    const line = `9${String(10_000_000 + ((row * 7_919) % rows))},Ana María ${row},"S/ ${row % 5000}.50",Lima,Avenida de las Flores ${row} departamento 12\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
