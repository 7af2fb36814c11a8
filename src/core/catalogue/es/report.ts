import type { reportEn } from '../en/report.js';

/** Spanish sentences: reports and advice, one for each English one. */
export const reportEs: Record<keyof typeof reportEn, string> = {
  'report.target-is-folder': '{path} es una carpeta. Indique el nombre de un archivo dentro de ella con -o.',
  'report.folder-missing': 'La carpeta {folder} no existe. Créela o indique otro archivo con -o.',
  'report.not-writable':
    'No se puede escribir {path}: la carpeta es de solo lectura ({code}). Indique otro archivo con -o.',
  'report.file-in-use': '{path} está abierto en otro programa ({code}). Ciérrelo ahí y vuelva a intentarlo.',
  'report.disk-full':
    'El disco está lleno ({code}): no se escribió {path}. Libere espacio y vuelva a intentarlo.',
  'report.write-failed':
    'No se pudo escribir {path} ({code}). Revise el disco o indique otro archivo con -o.',

  'report.title': 'Informe de campaña: {name}',
  'report.skip': 'Ir a los resultados',
  'report.footer': 'Elaborado con plazcast. Todas las horas corresponden a {zone}.',
  'report.numbers': 'Ver las cifras',
  'report.minutes': '{count, plural, one {# minuto} other {# minutos}}',
  'report.hours': '{count, plural, one {# hora} other {# horas}}',
  'report.days': '{count, plural, one {# día} other {# días}}',
  'report.header.kind': 'Informe de campaña',
  'report.header.template': 'Plantilla',
  'report.header.campaign-name': 'Nombre de la campaña',
  'report.header.workspace': 'Workspace',
  'report.header.started': 'Inicio',
  'report.header.as-of': 'Datos al',

  'report.overview.title': 'Resumen',
  'report.overview.lead':
    '{count, plural, one {Se aceptó el envío a {accepted} de {recipients} destinatario: {share}.} other {Se aceptó el envío a {accepted} de {recipients} destinatarios: {share}.}}',
  'report.overview.lead-empty': 'Esta campaña todavía no tiene destinatarios.',
  'report.overview.chart': 'Barra con todas las filas según su resultado: {list}.',
  'report.overview.accepted-note':
    'Aceptado significa que el proveedor recibió el mensaje para enviarlo. No indica que la persona lo haya recibido o leído.',
  'report.figure.accepted': 'Aceptados',
  'report.figure.accepted-hint': 'los recibió el proveedor',
  'report.figure.refused': 'Rechazados',
  'report.figure.refused-hint': 'por WhatsApp o el proveedor',
  'report.figure.uncertain': 'Inciertos',
  'report.figure.uncertain-hint': 'enviados, pero sin respuesta clara',
  'report.figure.waiting': 'Por enviar',
  'report.figure.waiting-hint': 'todavía no se envían',
  'report.figure.skipped': 'Omitidos',
  'report.figure.skipped-hint': 'excluidos a propósito',
  'report.figure.rejected': 'Filas no válidas',
  'report.figure.rejected-hint': 'filas del archivo que no se pueden enviar',

  'report.todo.title': 'Qué hacer ahora',
  'report.todo.nothing': 'No queda nada por hacer: cada destinatario fue aceptado u omitido a propósito.',
  'report.todo.send':
    '{count, plural, one {Falta enviar a {shown} destinatario} other {Falta enviar a {shown} destinatarios}}: ejecute de nuevo «plazcast send» con la campaña.',
  'report.todo.reconcile':
    '{count, plural, one {No se sabe si salió el mensaje de {shown} destinatario} other {No se sabe si salió el mensaje de {shown} destinatarios}}: ejecute «plazcast reconcile {campaign}».',
  'report.todo.retry':
    '{count, plural, one {Se rechazó a {shown} destinatario} other {Se rechazó a {shown} destinatarios}}: vea los motivos más abajo. Una vez corregida la causa, ejecute «plazcast retry {campaign}».',
  'report.todo.rejected':
    '{count, plural, one {No se puede enviar {shown} fila del archivo de destinatarios: corríjala} other {No se pueden enviar {shown} filas del archivo de destinatarios: corríjalas}} en rejected.csv y envíe ese archivo.',

  'report.results.title': 'Costo y respuestas',
  'report.cost.label': 'Costo estimado como {category}',
  'report.cost.people':
    '{count, plural, one {por {shown} destinatario aceptado} other {por {shown} destinatarios aceptados}}',
  'report.cost.note':
    'El costo es una estimación según la tabla de tarifas de la campaña. WhatsApp cobra por los mensajes entregados.',
  'report.replies.label': 'Tasa de respuesta',
  'report.replies.of':
    '{count, plural, one {respondieron {replied} de {accepted} destinatario aceptado} other {respondieron {replied} de {accepted} destinatarios aceptados}}',
  'report.replies.estimate':
    'Las respuestas son una estimación: la lista de conversaciones indica cuándo se escribió por última vez, pero no siempre quién lo hizo.',

  'report.timeline.title': 'En el tiempo',
  'report.timeline.intro': 'Envíos por minuto según la respuesta. Las horas corresponden a {zone}.',
  'report.timeline.intro-folded':
    'Envíos por minuto según la respuesta: cada barra es el promedio de {step}. Las horas corresponden a {zone}.',
  'report.timeline.empty': 'Todavía no se ha enviado nada.',
  'report.timeline.chart':
    'Barras con los envíos por minuto desde {from} hasta {to}: {accepted} aceptados, {refused} rechazados, {uncertain} inciertos. El momento de mayor envío fue {peakAt}, con {peak} aceptados por minuto. {pauses, plural, =0 {Sin pausas.} one {# pausa.} other {# pausas.}}',
  'report.timeline.limit': 'Límite: {rate} por minuto',
  'report.timeline.limit-above': 'Límite: {rate} por minuto, por encima de este gráfico',
  'report.timeline.pause': 'Pausa',
  'report.timeline.deferred': 'Postergados',
  'report.timeline.from': 'Desde',
  'report.timeline.to': 'Hasta',
  'report.timeline.why': 'Motivo',
  'report.timeline.caption': 'Número de envíos en cada tramo de {step} en que se envió algo',
  'report.timeline.pauses': '{count, plural, one {Ver # pausa} other {Ver # pausas}}',
  'report.timeline.pauses-caption': 'Pausas entre el primer envío y el último',
  'report.pause.waiting': 'El envío esperaba: por el horario, por un límite o porque el proveedor lo pidió.',
  'report.pause.halted': 'El envío se había detenido.',
  'report.pause.stopped': 'No había ningún envío en curso.',
  'report.runs.title': '{count, plural, one {Ver # ejecución} other {Ver # ejecuciones}}',
  'report.runs.caption': 'Ejecuciones de esta campaña',
  'report.runs.started': 'Inicio',
  'report.runs.ended': 'Fin',
  'report.runs.limit': 'Límite',
  'report.runs.per-minute': '{rate} por minuto',
  'report.runs.result': 'Cómo terminó',
  'report.runs.finished': 'Llegó a su fin.',
  'report.runs.open': 'Sigue en curso o se interrumpió.',

  'report.reasons.title': 'Por qué no salieron algunos mensajes',
  'report.reasons.intro': 'Primero el motivo más frecuente, con lo que usted puede hacer.',
  'report.reasons.none': 'Salieron todos los mensajes: no hay nada que explicar.',
  'report.reasons.more':
    '{count, plural, one {Se omite # motivo menos frecuente} other {Se omiten # motivos menos frecuentes}} ({people} destinatarios). El informe CSV los contiene todos.',
  'report.reasons.said': 'El proveedor respondió:',

  'report.countries.title': 'Por país',
  'report.countries.largest':
    'Los {shown} países con más destinatarios; {count, plural, one {# más está} other {# más están}} en la tabla.',
  'report.countries.country': 'País',
  'report.countries.unknown': 'País desconocido',
  'report.countries.recipients': 'Destinatarios',
  'report.countries.other': 'Omitidos o por enviar',
  'report.countries.share': 'Porcentaje aceptado',
  'report.countries.caption': 'Destinatarios según el país de su número',
  'report.countries.chart': 'Barras con los destinatarios por país: {list}.',

  'report.delivery.title': 'Intentos y velocidad',
  'report.attempts.title': 'Intentos por destinatario',
  'report.attempts.attempts': 'Intentos',
  'report.attempts.deliveries': 'Destinatarios',
  'report.attempts.bar': '{attempts} intentos: {deliveries} destinatarios',
  'report.attempts.caption': 'Cuántos destinatarios necesitaron cuántos intentos',
  'report.attempts.chart': 'Barras con los destinatarios según el número de intentos. {list}.',
  'report.latency.title': 'Tiempo de respuesta',
  'report.latency.intro': 'Cuánto tardó el proveedor en responder a una solicitud.',
  'report.latency.share': 'El {share} respondió en menos de',

  'report.rejections.title': 'Filas no válidas',
  'report.rejections.intro':
    'Estas filas del archivo de destinatarios no se pudieron enviar. Todas están en rejected.csv, junto al archivo de la campaña: corríjalas ahí y envíe ese archivo.',
  'report.rejections.line': 'Línea',
  'report.rejections.phone': 'Teléfono como se escribió',
  'report.rejections.reason': 'Motivo',
  'report.rejections.column': 'Columna',
  'report.rejections.value': 'Valor',
  'report.rejections.caption': 'Filas del archivo de destinatarios que no se pudieron enviar',
  'report.rejections.first': '{count, plural, other {Las primeras {shown} de {all} filas.}}',

  'report.repaired.title': 'Valores corregidos',
  'report.repaired.intro':
    'En estos valores se corrigieron los espacios (“fixValues: true”), así que difieren del archivo de destinatarios: los saltos de línea y los tabuladores pasaron a ser un espacio, y también más de cuatro espacios seguidos. El informe CSV los nombra todos en su última columna.',
  'report.repaired.phone': 'Teléfono',
  'report.repaired.variables': 'Corregido',
  'report.repaired.caption': 'Filas del archivo de destinatarios con valores corregidos',

  'report.status.accepted': 'Aceptado',
  'report.status.refused': 'Rechazado',
  'report.status.exhausted': 'Intentos agotados',
  'report.status.uncertain': 'Incierto',
  'report.status.skipped': 'Omitido',
  'report.status.pending': 'Por enviar',
  'report.status.sending': 'En camino',
  'report.status.rejected': 'Fila no válida',

  'report.reason.not-on-whatsapp': 'El número no puede recibir mensajes de WhatsApp',
  'report.reason.not-reachable': 'WhatsApp no entrega mensajes a esta persona',
  'report.reason.opted-out': 'La persona no desea recibir mensajes de marketing',
  'report.reason.not-now': 'WhatsApp retiene por ahora el marketing para esta persona',
  'report.reason.row-data': 'Los valores de la fila no corresponden a la plantilla',
  'report.reason.refused': 'Rechazado por el proveedor',
  'report.reason.no-answer': 'No llegó ninguna respuesta',
  'report.reason.unclear-answer': 'La respuesta no permite saber si el mensaje salió',
  'report.reason.run-died': 'La ejecución se interrumpió mientras el mensaje salía',
  'report.reason.in-list':
    'Una auditoría lo halló en la lista del proveedor, aunque no se envió desde este registro',
  'report.reason.attempts-used-up': 'Se agotaron los intentos',
  'report.reason.deferred': 'El proveedor pidió intentarlo más tarde',
  'report.reason.suppressed': 'En la lista de no contactar',
  'report.reason.duplicate': 'La misma persona aparece antes en el archivo',
  'report.reason.capped': 'La persona ya recibió suficientes mensajes últimamente',
  'report.reason.canceled': 'La campaña fue cancelada',
  'report.reason.forgotten': 'Olvidado: los datos de esta persona se borraron',
  'report.reason.removed': 'La fila ya no está en el archivo',
  'report.reason.phone.missing': 'Falta el número de teléfono',
  'report.reason.phone.invalid': 'No es un número de teléfono válido',
  'report.reason.phone.scientific': 'Una hoja de cálculo destruyó los dígitos del número',
  'report.reason.phone.landline': 'Es un teléfono fijo',
  'report.reason.phone.multiple': 'Hay más de un número en la celda',
  'report.reason.variable.empty': 'Un valor está vacío',
  'report.reason.variable.newline': 'Un valor tiene un salto de línea',
  'report.reason.variable.tab': 'Un valor tiene una tabulación',
  'report.reason.variable.spaces': 'Un valor tiene más de cuatro espacios seguidos',
  'report.reason.variable.too-long': 'Un valor es demasiado largo',
  'report.reason.variable.address': 'WhatsApp no puede abrir la dirección del archivo adjunto',
  'report.reason.variable.unresolved': 'No se pudo completar un valor',
  'report.reason.columns.mismatch': 'La fila tiene más o menos celdas que el encabezado',
  'report.reason.encoding.damaged': 'Los acentos de la fila están dañados',

  'report.advice.nothing': 'No hay nada que hacer.',
  'report.advice.pending': 'Ejecute de nuevo «plazcast send»: continúa con estos destinatarios.',
  'report.advice.uncertain':
    'No reenvíe a mano: algunos pueden haberlo recibido. Ejecute «plazcast reconcile»: busca en la lista del proveedor lo que sí salió.',
  'report.advice.exhausted':
    'El proveedor estuvo ocupado cada vez. Espere una hora y ejecute «plazcast retry».',
  'report.advice.refused':
    'Lea lo que respondió el proveedor. Una vez corregida la causa, ejecute «plazcast retry».',
  'report.advice.template':
    'Hay un problema con la plantilla. Revise su nombre, idioma y aprobación en WhatsApp Manager y vuelva a enviar.',
  'report.advice.account':
    'Hay un problema con la cuenta de WhatsApp. Revise su estado, forma de pago y permisos en WhatsApp Manager y vuelva a enviar.',
  'report.advice.not-on-whatsapp':
    'Revise si el número tiene errores. Si es correcto, la persona no tiene WhatsApp o usa una versión antigua: contáctela por otro medio.',
  'report.advice.not-reachable':
    'WhatsApp no permite este mensaje a este número. Contacte a la persona por otro medio.',
  'report.advice.own-number': 'Es el mismo número desde el que usted envía. Quítelo de la lista.',
  'report.advice.test-number':
    'La cuenta envía desde un número de prueba, que solo escribe a los números de su lista. Agregue a la persona o envíe desde un número real.',
  'report.advice.no-template':
    'WhatsApp tomó el mensaje por un texto libre fuera de la ventana de 24 horas. Verifique con el proveedor que se usó la plantilla.',
  'report.advice.country':
    'Su cuenta de empresa no puede escribir a personas de este país. Quítelas de la lista o consulte al soporte de WhatsApp.',
  'report.advice.experiment':
    'WhatsApp mantiene a un pequeño grupo sin mensajes de marketing como experimento. Solo queda escribirles por otro medio.',
  'report.advice.not-now':
    'La persona recibió mucho marketing de empresas últimamente. Espere al menos 24 horas y ejecute «plazcast retry». Insistir antes lo empeora.',
  'report.advice.opted-out':
    'Respételo: no vuelva a escribir a esta persona. El número ya está en la lista de no contactar.',
  'report.advice.row-data':
    'Compare los valores de estas filas con las variables de la plantilla, corríjalos y ejecute «plazcast retry».',
  'report.advice.parameter':
    'Falta un valor o su forma no es correcta. Compare las variables del archivo de campaña con la plantilla, nombre por nombre.',
  'report.advice.variable-count':
    'La campaña completa más o menos variables de las que tiene la plantilla. Corrija «variables» en el archivo de campaña y ejecute «plazcast retry».',
  'report.advice.variable-format':
    'Un valor no tiene la forma que pide la plantilla (una fecha, un monto, un salto de línea). Corríjalo y ejecute «plazcast retry».',
  'report.advice.too-long':
    'El texto completo supera lo que WhatsApp permite. Acorte los valores y ejecute «plazcast retry».',
  'report.advice.attachment':
    'WhatsApp no pudo tomar el archivo adjunto. Verifique que su dirección se abra sin contraseña, su tipo y su tamaño (imagen 5 MB, video 16 MB, documento 100 MB).',
  'report.advice.suppressed': 'No hay nada que hacer: la lista de no contactar excluye a esta persona.',
  'report.advice.duplicate': 'No hay nada que hacer: cada persona recibe la campaña una sola vez.',
  'report.advice.capped':
    'Envíe de nuevo cuando pase el plazo de «limits.perRecipient», si todavía deben recibirlo.',
  'report.advice.canceled': 'No hay nada que hacer: alguien canceló la campaña con «plazcast cancel».',
  'report.advice.removed':
    'No hay nada que hacer si la fila se quitó a propósito. Si no, devuélvala al archivo de destinatarios y ejecute «plazcast send».',
  'report.advice.rejected': 'Corrija las filas en rejected.csv y envíe ese archivo.',
  'report.advice.rejected-phone':
    'Corrija los números en rejected.csv: un número por celda, con código de país. Antes dé a la columna el formato de texto, para que la hoja de cálculo conserve los dígitos.',
  'report.advice.rejected-variable':
    'Corrija los valores en rejected.csv o use «fixValues: true» para reparar los espacios. Un valor vacío puede tener un valor por defecto en el archivo de campaña.',
  'report.advice.rejected-columns':
    'Busque un separador o unas comillas de más en estas filas y corríjalas en rejected.csv.',
  'report.advice.rejected-encoding':
    'Guarde de nuevo el archivo desde la hoja de cálculo como «CSV UTF-8» y envíelo.',
};
