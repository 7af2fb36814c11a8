/** First names of invented people. */
export const FIRST_NAMES = [
  ...['Ana', 'Benjamín', 'Camila', 'Diego', 'Elena', 'Facundo', 'Gabriela', 'Héctor', 'Inés', 'Joaquín'],
  ...[
    'Karina',
    'Luciano',
    'María José',
    'Nicolás',
    'Ñusta',
    'Óscar',
    'Paola',
    'Quique',
    'Rocío',
    'Sebastián',
  ],
  ...['Tatiana', 'Úrsula', 'Valentina', 'Wilmer', 'Ximena', 'Yolanda', 'Zoé', 'João', 'Beatriz', 'Thiago'],
] as const;

/** Last names of invented people. */
export const LAST_NAMES = [
  ...['Acuña', 'Bustamante', 'Cárdenas', 'Delgado', 'Espinoza', 'Fernández', 'García', 'Huamán', 'Ibáñez'],
  ...['Jiménez', 'Ledesma', 'Muñoz', 'Núñez', 'Ordóñez', 'Peña', 'Quispe', 'Rodríguez', 'Sánchez', 'Torres'],
  ...['Ugarte', 'Vásquez', 'Yáñez', 'Zúñiga', 'de la Cruz', 'da Silva', "D'Onofrio"],
] as const;

/** A country the people live in. */
export interface Home {
  readonly country: string;
  readonly city: string;
  readonly timezone: string;
  /** Leads every invented mobile there; five digits follow. */
  readonly prefix: string;
}

/** Countries, the more frequent ones several times. Numbers are valid in form and meant to be nobody's. */
export const HOMES: readonly Home[] = [
  { country: 'PE', city: 'Lima', timezone: 'America/Lima', prefix: '519000' },
  { country: 'PE', city: 'Arequipa', timezone: 'America/Lima', prefix: '519000' },
  { country: 'MX', city: 'Ciudad de México', timezone: 'America/Mexico_City', prefix: '5255500' },
  { country: 'MX', city: 'Puebla', timezone: 'America/Mexico_City', prefix: '5255500' },
  { country: 'AR', city: 'Buenos Aires', timezone: 'America/Argentina/Buenos_Aires', prefix: '54911000' },
  { country: 'CO', city: 'Bogotá', timezone: 'America/Bogota', prefix: '5730000' },
  { country: 'CL', city: 'Santiago', timezone: 'America/Santiago', prefix: '569500' },
  { country: 'BR', city: 'São Paulo', timezone: 'America/Sao_Paulo', prefix: '55119000' },
];

const ELSEWHERE: Home = { country: '', city: '', timezone: '', prefix: '' };

/** Where a phone is from; empty for countries that are not listed here. */
export function homeOf(phone: string): Home {
  return HOMES.find(({ prefix }) => phone.startsWith(prefix.slice(0, 2))) ?? ELSEWHERE;
}

/** Tags that people carry on Platica. */
export const TAGS = ['vip', 'mayorista', 'soporte', 'nuevo', 'cliente frecuente'] as const;

/** Channels, WhatsApp several times because most people come by it. */
export const CHANNELS = [
  ...['whatsapp', 'whatsapp', 'whatsapp', 'whatsapp', 'whatsapp', 'whatsapp', 'whatsapp', 'whatsapp'],
  ...['telegram', 'instagram', 'messenger', 'webchat'],
] as const;
