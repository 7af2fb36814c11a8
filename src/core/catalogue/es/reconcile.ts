import type { reconcileEn } from '../en/reconcile.js';

/** Spanish sentences: settling uncertain deliveries, the audit, retry. */
export const reconcileEs: Record<keyof typeof reconcileEn, string> = {
  'reconcile.left.settling':
    'El tiempo de espera termina a las {until}: hasta entonces el mensaje aún puede aparecer en la lista. Ejecute reconcile de nuevo después.',
  'reconcile.left.no-control':
    'Después de él no se aceptó ningún otro mensaje en este workspace, por eso no se puede comprobar la lista. Envíese un mensaje con "plazcast test" y ejecute reconcile de nuevo.',
  'reconcile.left.control-missing':
    '{count, plural, one {# mensaje aceptado} other {# mensajes aceptados}} más o menos a la misma hora (el primero de {since}) tampoco {count, plural, one {está} other {están}} en la lista, por eso la lista no prueba nada. Ejecute reconcile de nuevo más tarde.',
  'reconcile.left.list-incomplete': 'La lista no se leyó hasta el final. Ejecute reconcile de nuevo.',
  'reconcile.left.list-too-short':
    'La lista no tiene ningún registro anterior a este mensaje, así que quizá no llega tan atrás, y no prueba nada. Si usted sabe más, use reconcile --declare.',
  'reconcile.left.ambiguous':
    'En la lista hay un mensaje que coincide igual de bien con este y con otro a la misma persona, por eso no indica cuál de los dos salió. Si usted lo sabe, indíquelo: reconcile {options} --declare accepted (o absent) --note "cómo lo sabe".',
  'reconcile.left.claimed':
    'En la lista hay un mensaje que coincide, pero pertenece a otro mensaje a la misma persona. Si usted sabe más, use reconcile --declare.',
  'reconcile.left.unclear':
    'En la lista hay un mensaje que podría ser este, pero no se puede leer lo suficiente para saberlo. Si usted sabe más, use reconcile --declare.',
  'reconcile.left.proven-absent':
    'La lista prueba que nunca se envió. Para enviarlo, ejecute reconcile --resend-absent.',
  'reconcile.left.proven-absent-never':
    'La lista prueba que nunca se envió, pero la campaña indica uncertain.resend: never. Para enviarlo, cambie eso o use reconcile --declare absent.',
  'reconcile.left.not-scanned': 'Todavía no se ha leído la lista para él. Ejecute reconcile.',
  'reconcile.scan.token-repeated':
    'La lista da vueltas: la página {page} remite a una página ya leída. Lo encontrado hasta ahora se conserva, pero no se puede probar que algo falte.',
  'reconcile.scan.nothing-new':
    'La lista no trajo nada nuevo en {pages} páginas seguidas, hasta la página {page}. Lo encontrado hasta ahora se conserva, pero no se puede probar que algo falte.',
  'reconcile.scan.interrupted':
    'La lectura de la lista se interrumpió en la página {page}. Ejecute reconcile de nuevo: continuará desde ahí.',
  'declare.no-delivery': 'No hay nadie con el teléfono {phone} en la campaña "{campaign}".',
  'declare.not-uncertain':
    '{phone} no tiene ningún mensaje incierto en la campaña "{campaign}": su estado es {status}. Solo se pueden declarar los inciertos.',
  'declare.several':
    '{phone} tiene varios mensajes inciertos en la campaña "{campaign}". Indique con --key a cuál se refiere. Son, key (línea): {messages}.',
  'declare.no-key':
    '{phone} no tiene ningún mensaje con la key "{key}" en la campaña "{campaign}". Hay estos, key (línea): {messages}.',
  'declare.key-not-uncertain':
    'El estado del mensaje a {phone} con la key "{key}" en la campaña "{campaign}" es {status}. Solo se pueden declarar los inciertos.',
  'declare.no-note': 'Indique con --note cómo lo sabe: la nota se guarda como prueba.',
  'audit.missing': 'Aceptado a las {at}, pero no está en la lista.',
  'audit.twice': 'Está más de una vez en la lista; este registro sobra.',
  'audit.unknown':
    'Está en la lista con esta plantilla y este nombre de campaña, pero no se envió desde este registro.',
  'audit.unknown-status': 'Está en la lista, pero en este registro su estado es {status}.',
  'audit.held':
    'Está en la lista, pero en este registro faltaba por enviar: ahora es incierto, para que ningún send lo repita. Ejecute reconcile para resolverlo con la lista.',
  'audit.held-count':
    '{count, plural, one {# mensaje que faltaba por enviar está} other {# mensajes que faltaban por enviar están}} en la lista: ahora {count, plural, one {es incierto} other {son inciertos}}, para que ningún send {count, plural, one {lo} other {los}} repita. Ejecute reconcile para {count, plural, one {resolverlo} other {resolverlos}}.',
  'reconcile.left.listed-before':
    'La lista lo mostró una vez, pero ya no. No se reenvía. Si usted sabe más, use reconcile --declare.',
  'audit.failed': 'Aceptado, pero la lista indica que falló: {summary}',
  'reconcile.nothing': 'No hay nada incierto.',
  'reconcile.scanned':
    'Se leyó la lista: {pages, plural, one {# página} other {# páginas}}, {records, plural, one {# registro} other {# registros}}.',
  'reconcile.summary':
    '{uncertain, number} inciertos: {accepted, number} están en la lista, {provenAbsent, number} se prueban ausentes, {requeued, number} vuelven a pendiente, {left, number} siguen inciertos.',
  'reconcile.failed':
    '{count, plural, one {# de los hallados falló} other {# de los hallados fallaron}} según la lista; no se envían de nuevo.',
  'reconcile.ask-resend':
    'Según la lista, {count, plural, one {# mensaje nunca se envió} other {# mensajes nunca se enviaron}}. ¿Enviar de nuevo?',
  'control.sending':
    'Después {count, plural, one {del mensaje incierto} other {de los mensajes inciertos}} no se aceptó ningún otro mensaje en este workspace, por eso se envía un mensaje de prueba a {phone} (uncertain.control).',
  'control.accepted': 'El mensaje de prueba fue aceptado: la lista se lee una vez más para encontrarlo.',
  'control.not-accepted':
    'El mensaje de prueba a {phone} no fue aceptado ({detail}). Lo incierto sigue así por ahora.',
  'control.suppressed':
    '{phone} (uncertain.control) está en la lista de no contactar, por eso no recibe el mensaje de prueba. "plazcast suppress remove {phone}" lo quita.',
  'reconcile.next-send': 'Siguiente: {command}',
  'reconcile.other-workspace':
    'La campaña "{name}" se envió desde otro workspace. Defina PLAZBOT_WORKSPACE_ID con ese.',
  'reconcile.declare-incomplete': 'Indique juntos --phone, --declare accepted o absent, y --note.',
  'reconcile.declared-accepted':
    '{count, plural, one {# mensaje queda aceptado} other {# mensajes quedan aceptados}} por su palabra.',
  'reconcile.declared-absent':
    '{count, plural, one {# mensaje vuelve} other {# mensajes vuelven}} a pendiente por su palabra.',
  'audit.summary':
    '{accepted, number} aceptados: {matched, number} en la lista; {found, plural, =0 {todo cuadra} one {# hallazgo} other {# hallazgos}}.',
  'retry.already-pending': 'Ya hay {count, plural, one {# mensaje} other {# mensajes}} por enviar: {command}',
  'retry.requeued':
    '{count, plural, =0 {Nadie cumple: nada por reintentar.} one {# mensaje vuelve a pendiente.} other {# mensajes vuelven a pendiente.}}',
  'retry.left-out':
    '{count, plural, one {# mensaje no se reenvía} other {# mensajes no se reenvían}}: {why, select, suppressed {en la lista de no contactar} removed {ya no está en el archivo de destinatarios} other {la campaña está cancelada, y "plazcast resume" la retoma}}.',
  'cli.bad-phone': '{option} admite un teléfono con código de país, como 51987654321, no "{value}".',
  'cli.bad-moment': '{option} admite un día o un momento, como 2026-03-20 o 2026-03-20T09:00, no "{value}".',
  'audit.partial':
    '{accepted, number} aceptados; la lista se leyó solo en parte, por eso nada se da por faltante. {found, plural, =0 {Hasta ahora todo cuadra.} one {# hallazgo hasta ahora.} other {# hallazgos hasta ahora.}}',
};
