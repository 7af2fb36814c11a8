import type { recipientsEn } from '../en/recipients.js';

/** Spanish sentences: recipients, one for each English one. */
export const recipientsEs: Record<keyof typeof recipientsEn, string> = {
  'recipients.not-found': 'El archivo no existe. Revise el nombre y la carpeta.',
  'recipients.folder': 'Esto es una carpeta. Indique un archivo CSV que esté dentro de ella.',
  'recipients.unreadable':
    'No se puede leer el archivo ({error}). Verifique que usted pueda abrirlo y que ningún otro programa lo tenga ocupado.',
  'recipients.workbook':
    'Este es un libro de cálculo y no un archivo CSV. Ábralo y guarde la hoja de los destinatarios como "CSV UTF-8".',
  'recipients.utf-16be':
    'El archivo tiene la codificación UTF-16BE, que no se admite. Guárdelo como "CSV UTF-8".',
  'recipients.no-text':
    'Este no es un archivo de texto. Guarde la hoja de los destinatarios como "CSV UTF-8".',
  'recipients.empty':
    'El archivo está vacío. La primera línea debe nombrar las columnas y cada línea siguiente es un destinatario.',
  'recipients.no-recipients': 'El archivo tiene encabezado, pero ningún destinatario debajo.',
  'recipients.equal-columns':
    'Dos columnas tienen el mismo nombre{told, select, no {} other { "{column}"}}: la número {first} y la número {second}. Las mayúsculas y los acentos no cuentan como diferencia. Cambie el nombre de una.',
  'recipients.unclosed-quote':
    'En la línea {line} se abren comillas que no se cierran donde debería terminar la celda. Ciérrelas o quítelas e inténtelo de nuevo.',
  'recipients.no-phone-column':
    'Ninguna columna parece ser el teléfono. {columns, select, none {{count, plural, one {El archivo tiene # columna.} other {El archivo tiene # columnas.}}} other {Las columnas son: {columns}.}} Indique la correcta con "recipients.phone".',
  'recipients.two-phone-columns':
    'Más de una columna parece ser el teléfono: {columns}. Indique la correcta con "recipients.phone".',
  'recipients.phone-column-missing':
    'No hay una columna "{column}" para el teléfono. {columns, select, none {{count, plural, one {El archivo tiene # columna.} other {El archivo tiene # columnas.}}} other {Las columnas son: {columns}.}}{near, select, none {} other { ¿Quiso decir "{near}"?}}',
  'recipients.key-column-missing':
    'No hay una columna "{column}" para "recipients.key". {columns, select, none {{count, plural, one {El archivo tiene # columna.} other {El archivo tiene # columnas.}}} other {Las columnas son: {columns}.}}{near, select, none {} other { ¿Quiso decir "{near}"?}}',
  'recipients.unknown-country':
    '"{country}" no es un país con números de teléfono. Escriba dos letras mayúsculas, por ejemplo PE, MX o AR.',
  'recipients.assumed-windows-1252':
    'El archivo no está en UTF-8, así que se leyó como Windows-1252, que es lo que Excel escribe con "CSV". Revise los acentos en los primeros mensajes.',
  'recipients.broken-utf8':
    'El archivo está en UTF-8, pero {count, plural, one {tiene # carácter dañado} other {tiene # caracteres dañados}}. Las filas con caracteres dañados se rechazan.',
  'recipients.from-rejected':
    'Esta es una lista de filas rechazadas que escribió plazcast: se omitieron sus columnas "line", "reason" y "detail".',
  'recipients.damaged-header':
    'Algunos nombres de columna tienen caracteres dañados. Guarde el archivo otra vez como "CSV UTF-8" o use otros nombres.',
  'row.phone.missing': 'Falta el número de teléfono.',
  'row.phone.invalid':
    'Este no es un número de teléfono que exista: "{value}". Escríbalo con el código de país, por ejemplo +51 987 654 321.',
  'row.phone.scientific':
    'Una hoja de cálculo convirtió el número en "{value}" y perdió sus dígitos. Dé a la columna formato de texto y escriba el número otra vez.',
  'row.phone.landline':
    '"{value}" es un teléfono fijo o un número de servicio, que no recibe mensajes de WhatsApp.',
  'row.phone.multiple': 'Hay más de un número de teléfono en la celda: "{value}". Deje solo uno.',
  'row.variable.empty': 'El valor de "{column}" está vacío.',
  'row.variable.newline': 'El valor de "{column}" tiene un salto de línea, que WhatsApp no acepta.',
  'row.variable.tab': 'El valor de "{column}" tiene un tabulador, que WhatsApp no acepta.',
  'row.variable.spaces':
    'El valor de "{column}" tiene más de cuatro espacios seguidos, que WhatsApp no acepta.',
  'row.variable.too-long':
    'El valor de "{column}" es demasiado largo: un encabezado admite 60 caracteres y el texto del mensaje, 1024.',
  'row.variable.unresolved': 'No se pudo completar el valor de "{column}": "{value}".',
  'row.variable.address':
    'WhatsApp no puede abrir la dirección de "{column}": "{value}". Escriba una que comience con https:// y a la que todos lleguen.',
  'row.columns.mismatch':
    'La fila no coincide con el encabezado: le sobran o le faltan celdas, o tiene comillas fuera de lugar ({value}).',
  'row.encoding.damaged':
    'Hay caracteres dañados en "{column}": "{value}". Corríjalos y guarde el archivo como "CSV UTF-8".',
};
