import type { filesEn } from '../en/files.js';

/** Spanish sentences: files that are no ordinary files, and links, one for each English one. */
export const filesEs: Record<keyof typeof filesEn, string> = {
  'file.folder': 'Esto es una carpeta y no un archivo. Indique un archivo que esté dentro de ella.',
  'file.not-ordinary':
    'Esto es un dispositivo, una tubería o un socket y no un archivo común. Indique un archivo del disco.',
  'file.too-large':
    'El archivo pesa más de {kilobytes, number} kB, así que no puede ser el correcto. Revise su nombre.',
  'file.link':
    '{path} es un enlace. Puede llevar a cualquier otro archivo, así que no se escribe a través de él. Borre el enlace y vuelva a intentarlo.',
  'file.foreign-link':
    '{path} es un enlace que creó otro usuario de esta máquina, así que no se sigue. Indique otro archivo.',
  'file.in-the-way':
    '{path} es una carpeta, un dispositivo o una tubería, así que no se puede escribir un archivo con ese nombre. Muévalo a otro lugar y vuelva a intentarlo.',
};
