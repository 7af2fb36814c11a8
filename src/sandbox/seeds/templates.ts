/** A template as the sandbox lists it, in the words of the API's create call. */
export interface SeededTemplate {
  readonly elementName: string;
  readonly languageCode: string;
  readonly category: 'MARKETING' | 'UTILITY';
  readonly status: 'APPROVED';
  readonly components: readonly TemplateComponent[];
}

type TemplateComponent =
  | { readonly type: 'HEADER'; readonly format: 'TEXT'; readonly text: string }
  | { readonly type: 'BODY' | 'FOOTER'; readonly text: string }
  | {
      readonly type: 'BUTTONS';
      readonly buttons: readonly { readonly type: string; readonly text: string }[];
    };

/** The templates of the sample campaigns. */
export const SEEDED_TEMPLATES: readonly SeededTemplate[] = [
  {
    elementName: 'bienvenida_es',
    languageCode: 'es',
    category: 'MARKETING',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Su {{1}} ya está en camino' },
      {
        type: 'BODY',
        text: 'Hola {{1}}, gracias por su compra.\n\nSu pedido llega a *{{2}}* en los próximos días. Si necesita algo, escríbanos por aquí.',
      },
      { type: 'FOOTER', text: 'Responda BAJA para no recibir más mensajes' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Ver mi pedido' }] },
    ],
  },
  {
    elementName: 'recordatorio_cita_es',
    languageCode: 'es',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Recordatorio de su cita' },
      {
        type: 'BODY',
        text: '{{nombre}}, le recordamos su cita del {{fecha}} a las {{hora}} con {{medico}}.\n\nLugar: {{sede}}',
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Confirmar' },
          { type: 'QUICK_REPLY', text: 'Cambiar la fecha' },
        ],
      },
    ],
  },
  {
    elementName: 'recordatorio_pago_es',
    languageCode: 'es',
    category: 'UTILITY',
    status: 'APPROVED',
    components: [
      {
        type: 'BODY',
        text: 'Estimado cliente {{1}}: su factura *{{2}}* por {{3}} vence el {{4}}.\n\nSi ya la pagó, no tome en cuenta este mensaje.',
      },
      { type: 'FOOTER', text: 'Mensaje automático' },
    ],
  },
];
