import type { conversationsEn } from '../en/conversations.js';

/** Spanish sentences: conversation lists and what is made of them, one for each English one. */
export const conversationsEs: Record<keyof typeof conversationsEn, string> = {
  'list.credentials.missing':
    'Falta {variable}. Defínala en el entorno o en el archivo .env de esta carpeta.',
  'list.credentials.malformed':
    '{variable} tiene caracteres que una clave no puede tener, como un espacio o un salto de línea. Vuelva a copiarla del proveedor.',
  'list.credentials.refused':
    '{provider} rechazó las credenciales (HTTP {status}, página {page}: {detail}). Revise {variables}.',
  'list.unreachable':
    'No se puede llegar a {provider} en {host} ({detail}, página {page}). Revise la conexión y la URL base y vuelva a intentarlo.',
  'list.not-found':
    '{provider} no tiene una lista de conversaciones en {url} (HTTP {status}: {detail}). Revise la URL base.',
  'list.redirect':
    '{provider} reenvía la solicitud a {location} (HTTP {status}). Las redirecciones no se siguen, porque la credencial iría con ellas. Indique esa dirección como URL base si confía en ella.',
  'list.throttled':
    '{provider} sigue pidiendo un ritmo más lento (HTTP {status}, página {page}). Vuelva a intentarlo más tarde.',
  'list.throttled-too-long':
    '{provider} pide esperar {minutes, plural, one {# minuto} other {# minutos}} antes de la página {page}. Es demasiado para esperar aquí: vuelva a intentarlo más tarde.',
  'list.server-error':
    '{provider} tiene una falla propia (HTTP {status}, página {page}: {detail}). Vuelva a intentarlo más tarde.',
  'list.refused': '{provider} se negó a entregar la página {page} (HTTP {status}: {detail}).',
  'list.not-json': 'La página {page} de {provider} no es JSON. Comienza con «{start}». Revise la URL base.',
  'list.too-large':
    'La página {page} de {provider} supera los {most} MB. Pida páginas más pequeñas (--limit, --per-page); si no existe esa opción, avise al proveedor.',
  'list.too-deep':
    'La página {page} de {provider} tiene más de {most} objetos uno dentro de otro: no puede ser una lista. Revise la URL base o avise al proveedor.',
  'list.too-many-records':
    'La página {page} de {provider} tiene {count, number} registros, más de los {most, number} que se leen a la vez. Pida páginas más pequeñas (--limit, --per-page).',
  'list.id-too-long':
    'Página {page} de {provider}: el registro {record} tiene un id de más de {most} caracteres. Revise la URL base o avise al proveedor.',
  'list.token-too-long':
    'La página {page} de {provider} remite a la siguiente con más de {most, number} caracteres, que ningún servidor acepta. Revise la URL base o avise al proveedor.',
  'list.endless':
    'La lista de {provider} sigue después de {pages, number} páginas con {records, number} registros; no se leen más de una vez. Acótela o continúe desde donde se detuvo.',
  'list.shape': 'La página {page} de {provider} tiene otra forma que la documentada.',
  'list.field.missing':
    'La página {page} de {provider} no tiene el campo «{field}», sin el cual no se puede leer la lista.',
  'list.field.wrong':
    'La página {page} de {provider} tiene un campo «{field}» que contiene {found}, distinto de lo documentado.',
  'list.unreadable':
    '{count, plural, one {# elemento de la lista no es un registro y se omitió} other {# elementos de la lista no son registros y se omitieron}}.',
  'list.nothing-usable':
    'La lista de {provider} no contiene nada que se pueda leer: {count, plural, one {# elemento} other {# elementos}} y ningún registro.',
  'list.loop.position':
    'La lista de {provider} da vueltas: la página {page} remite a una página ya leída. Lo leído hasta aquí es válido, pero puede no ser todo.',
  'list.loop.restarted':
    'La lista de {provider} volvió a empezar desde el principio en la página {page}. Lo leído hasta aquí es válido, pero puede no ser todo.',
  'list.loop.nothing-new':
    'La lista de {provider} no trajo nada nuevo en {pages, plural, one {# página} other {# páginas seguidas}}, hasta la página {page}. Lo leído hasta aquí es válido, pero puede no ser todo.',
  'list.incomplete':
    'La lista se leyó solo en parte: {records, plural, one {# registro} other {# registros}} en {pages, plural, one {# página} other {# páginas}}.',
  'list.incomplete.resume': 'Para continuar desde ahí, agregue --{option} {value}',
  'list.interrupted': 'Se interrumpió la lectura.',
  'list.waiting.throttled':
    '{provider} pide una pausa: se continúa con la página {page} en {seconds, plural, one {# segundo} other {# segundos}}.',
  'list.waiting.retry':
    'Falló la página {page} de {provider}: se vuelve a pedir en {seconds, plural, one {# segundo} other {# segundos}}.',
  'list.notice.status-filtered-here':
    'ChatbotX acepta --status pero no lo aplica. Se lee toda la lista y se filtra en este equipo.',
  'list.notice.sort-ignored': 'ChatbotX acepta --sort pero no lo aplica: la lista llega en su propio orden.',
  'list.notice.archived-too':
    'ChatbotX oculta las conversaciones archivadas al buscar las bloqueadas, y las bloqueadas al buscar las archivadas. Una segunda solicitud las trae.',
  'list.option.other-provider': '--{option} es una opción de {owner}; {provider} no tiene nada equivalente.',
  'list.option.other-provider-use': '--{option} es una opción de {owner}. Para {provider} use --{use}.',
  'list.option.once': '--{option} admite un solo valor, pero se indicó varias veces.',
  'list.option.empty': '--{option} necesita un valor.',
  'list.option.integer': '--{option} debe ser un número entero desde {least}, no «{value}».',
  'list.option.boolean': '--{option} debe ser true o false, no «{value}».',
  'list.option.date': '--{option} debe ser un día como 2026-01-31, no «{value}».',
  'list.option.choice': '--{option} no reconoce «{value}». Use uno de estos: {choices}.',
  'list.option.object':
    '--{option} debe ser un objeto JSON como \'{\'"operator":"and","conditions":[]\'}\', no «{value}».',
  'list.option.objects':
    '--{option} debe ser una lista JSON de objetos como [\'{\'"field":"lastActivityAt"\'}\'], no «{value}».',
  'list.option.dates-both': 'Indique --date, o bien --date-from junto con --date-to, pero no ambos.',
  'list.option.dates-pair': '--date-from y --date-to van juntas: falta {missing}.',
  'list.option.dates-order': '--date-from {from} es posterior a --date-to {to}.',
  'list.column.unknown':
    'No hay una columna «{column}». Elija entre {columns}, o escriba raw. y un campo del proveedor, como raw.contact.city.',
  'list.column.none': '--columns necesita al menos una columna.',
  'list.describe.plazbot.continuation-token': 'empezar en este token de página (Plazbot)',
  'list.describe.platica.limit': 'conversaciones por página, 50 si no se indica otra cosa (Platica)',
  'list.describe.platica.offset': 'omitir esta cantidad de conversaciones (Platica)',
  'list.describe.platica.channel-id': 'solo este canal, por su id (Platica)',
  'list.describe.platica.sort-by': 'ordenar por este momento (Platica)',
  'list.describe.platica.sort-direction': 'primero las más antiguas o las más recientes (Platica)',
  'list.describe.platica.tags': 'solo conversaciones con estas etiquetas, separadas por comas (Platica)',
  'list.describe.platica.date': 'solo este día, como 2026-01-31 (Platica)',
  'list.describe.platica.date-from': 'desde este día; requiere --date-to (Platica)',
  'list.describe.platica.date-to': 'hasta este día; requiere --date-from (Platica)',
  'list.describe.chatbotx.bot-category': 'solo conversaciones que atiende un bot o una persona (ChatbotX)',
  'list.describe.chatbotx.assigned-id':
    'solo lo asignado a u_ID (un usuario), t_ID (un equipo) o unassigned (sin asignar) (ChatbotX)',
  'list.describe.chatbotx.channel': 'solo este canal (ChatbotX)',
  'list.describe.chatbotx.status':
    'solo conversaciones con uno de estos estados; se filtra en este equipo (ChatbotX)',
  'list.describe.chatbotx.keyword': 'solo contactos con este texto en el nombre (ChatbotX)',
  'list.describe.chatbotx.bot-enabled': 'solo donde el bot está activo (true) o inactivo (false) (ChatbotX)',
  'list.describe.chatbotx.tags':
    'solo conversaciones con todas estas marcas; las archivadas y bloqueadas no aparecen si no se nombran aquí (ChatbotX)',
  'list.describe.chatbotx.contact-filter': 'filtro sobre campos del contacto, como objeto JSON (ChatbotX)',
  'list.describe.chatbotx.cursor': 'empezar en este cursor (ChatbotX)',
  'list.describe.chatbotx.per-page': 'conversaciones por página, 20 si no se indica otra cosa (ChatbotX)',
  'list.describe.chatbotx.sort': 'orden, como lista JSON de objetos; ChatbotX no lo aplica',
  'audience.in': '{count, plural, one {# persona} other {# personas}} en la audiencia.',
  'audience.no-phone': '{count, plural, one {# conversación} other {# conversaciones}} sin teléfono',
  'audience.hash':
    '{count, plural, one {# conversación} other {# conversaciones}} con un hash en lugar de un teléfono',
  'audience.user-id':
    '{count, plural, one {# conversación} other {# conversaciones}} con un id de usuario en lugar de un teléfono (la persona oculta su número)',
  'audience.phone.invalid':
    '{count, plural, one {# conversación} other {# conversaciones}} con un número que no es un teléfono válido (--country indica el país de los números sin código)',
  'audience.other-channel':
    '{count, plural, one {# conversación} other {# conversaciones}} en otro canal que no es WhatsApp',
  'audience.spam':
    '{count, plural, one {# conversación marcada} other {# conversaciones marcadas}} como spam',
  'audience.blocked':
    '{count, plural, one {# conversación} other {# conversaciones}} con un contacto bloqueado',
  'audience.archived': '{count, plural, one {# conversación archivada} other {# conversaciones archivadas}}',
  'audience.unsubscribed':
    '{count, plural, one {# conversación} other {# conversaciones}} con un contacto que no recibe difusiones',
  'audience.untold':
    '{count, plural, one {# conversación} other {# conversaciones}} cuyo registro no dice si el contacto está bloqueado, es spam o acepta difusiones',
  'audience.window-open':
    '{count, plural, one {# conversación} other {# conversaciones}} con la ventana de 24 horas abierta',
  'audience.duplicate':
    '{count, plural, one {# conversación más} other {# conversaciones más}} de personas que ya están incluidas',
  'suppression.blocked': 'Bloqueado en {provider}',
  'suppression.spam': 'Marcado como spam en {provider}',
};
