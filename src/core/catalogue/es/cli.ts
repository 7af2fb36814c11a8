import type { cliEn } from '../en/cli.js';

/** Spanish sentences: what the commands say and ask. */
export const cliEs: Record<keyof typeof cliEn, string> = {
  'cli.more-problems':
    '{count, plural, one {Hay un problema más.} other {Hay # problemas más.}} Corrija primero estos y vuelva a revisar.',
  'cli.error': 'Error:',
  'cli.note': 'Nota:',
  'cli.bug':
    'plazcast tiene un error interno: {detail}. Lo enviado está en el registro; ejecute send de nuevo para continuar. Por favor, infórmelo.',
  'cli.unknown-option': 'Opción desconocida {option}.',
  'cli.unknown-option-suggestion': 'Opción desconocida {option}. ¿Quiso decir {suggestion}?',
  'cli.unknown-command': 'Comando desconocido "{command}". "plazcast --help" los muestra.',
  'cli.unknown-command-suggestion': 'Comando desconocido "{command}". ¿Quiso decir "{suggestion}"?',
  'cli.no-command':
    'Indique qué hacer, por ejemplo "plazcast check campaigns/welcome". "plazcast --help" muestra los comandos.',
  'cli.campaign-twice': 'Dos de las campañas se llaman "{name}". Dé a cada una su propio nombre.',
  'cli.bad-number': '{option} admite un número entero desde {min}, no "{value}".',
  'cli.bad-number-between': '{option} admite un número entero de {min} a {max}, no "{value}".',
  'cli.bad-rate':
    '{option} admite un ritmo como 20/s, 1200/min o 5000/h, entre 1/h y 100000/s, no "{value}".',
  'cli.bad-choice': '{option} admite uno de {choices}, no "{value}".',
  'cli.rejected-unwritable':
    'No se puede escribir la lista de filas rechazadas {path} ({detail}). No se envió nada. Permita escribir en la carpeta e intente de nuevo.',
  'cli.stdout-unwritable':
    'No se puede escribir la salida ({detail}), por eso está incompleta. Libere espacio o envíela a otro lugar y vuelva a intentarlo.',
  'cli.ambiguous-campaign':
    'El registro conoce "{name}" de varios workspaces. Defina PLAZBOT_WORKSPACE_ID para elegir uno, o use --sandbox.',
  'recipients.changed-meanwhile':
    'El archivo de destinatarios cambió mientras se leía. No se envió nada. Guárdelo, ciérrelo en la hoja de cálculo y ejecute de nuevo el comando.',
  'environment.characters':
    '{name} tiene un carácter que no se puede enviar (un espacio, un salto de línea o un acento). Cópielo de nuevo.',
  'environment.unreadable':
    'No se puede leer el archivo ({detail}). Permita que lo lea solo usted ("chmod 600 .env") o muévalo a otro lugar.',
  'environment.certificates-unchecked':
    'NODE_TLS_REJECT_UNAUTHORIZED=0 está definida: los certificados no se verifican y quien responda en nombre del proveedor recibiría sus credenciales. Quítela. Si usa un proxy con certificado propio, indíquelo en NODE_EXTRA_CA_CERTS.',
  'environment.no-workspace':
    'Falta PLAZBOT_WORKSPACE_ID. Defínalo en el entorno o en un archivo .env de esta carpeta, o pruebe con --sandbox.',
  'environment.no-state-folder':
    'No hay carpeta personal en la que plazcast pueda recordar qué registro envió qué. Indique una carpeta suya en PLAZCAST_STATE_DIR y no la cambie después.',
  'host.untrusted':
    'Sus credenciales irían a {host}, que no es un servidor del proveedor y lo nombró {by, select, campaign {el archivo de campaña} dotenv {.env} environment {el entorno} option {--base-url} other {la configuración}}. No se envió nada. Si conoce ese servidor, agregue {option} una vez; si no, lo escribió otra persona.',
  'host.question':
    '{host} no es un servidor del proveedor; lo nombró {by, select, campaign {el archivo de campaña} dotenv {.env} environment {el entorno} option {--base-url} other {la configuración}}. ¿Pueden ir ahí sus credenciales, ahora y más adelante?',
  'host.memory-damaged':
    'La lista de servidores de confianza {file} no se entiende. No se envió nada. Borre ese archivo y vuelva a confirmar sus servidores.',
  'environment.base-url': 'La dirección viene de {name}.',
  'plan.read-as':
    'Leído como {encoding}, celdas separadas por {word, select, comma {comas} semicolon {punto y coma} tab {tabuladores} pipe {barras verticales} other {"{delimiter}"}}, teléfonos de "{column}".',
  'plan.through': 'Va por {host} como workspace {workspace}.',
  'plan.through-sandbox': 'Va al sandbox de esta máquina: nadie recibe nada.',
  'plan.to-send': 'por enviar ahora',
  'plan.accepted': 'ya aceptados, no se envían de nuevo',
  'plan.refused': 'rechazados antes ("plazcast retry" los envía de nuevo)',
  'plan.exhausted': 'con intentos agotados ("plazcast retry" los envía de nuevo)',
  'plan.uncertain.auto':
    'inciertos, se buscan en la lista del proveedor: salen solo si consta que no salieron y nadie los retiró desde entonces',
  'plan.uncertain.ask':
    'inciertos, se buscan en la lista del proveedor: salen solo si consta que no salieron y usted lo confirma',
  'plan.uncertain.never':
    'inciertos, se buscan en la lista del proveedor: no se envían de nuevo (uncertain.resend: never)',
  'plan.skipped.duplicate': 'repiten a una persona anterior del archivo',
  'plan.skipped.suppressed': 'en la lista de no contactar',
  'plan.skipped.capped': 'ya recibieron suficientes mensajes (limits.perRecipient)',
  'plan.skipped.canceled': 'cancelados',
  'plan.skipped.forgotten': 'olvidados, a su pedido o por antigüedad',
  'plan.skipped.removed': 'ya no están en el archivo',
  'plan.changed': 'ya aceptados, pero con otros valores: no se envían de nuevo',
  'plan.repaired': 'tienen un valor que se corrigió (fixValues)',
  'plan.rejected': 'no se pueden enviar (filas rechazadas)',
  'plan.first-rejected':
    '{count, plural, one {# fila no se puede} other {# filas no se pueden}} enviar. Las primeras:',
  'plan.line': 'línea {line}',
  'plan.rejected-file': 'Todas, para corregir y enviar de nuevo: {path}',
  'plan.first-messages': 'Los primeros mensajes, tal como saldrían:',
  'plan.finish':
    'A {rate} por {unit, select, hour {hora} minute {minuto} other {segundo}} terminaría {finish}.',
  'plan.never': 'Con este horario y estos límites no terminaría nunca.',
  'plan.cost':
    'Costo estimado como {category}: {amount} por {people, plural, one {# persona} other {# personas}}.',
  'plan.cost-country': '{country}: {people, number} × {price} = {amount}',
  'plan.cost-more': '{count, plural, one {# país más} other {# países más}} (--json los muestra todos)',
  'plan.unpriced':
    'La tarifa no tiene precio para {country} ({people, plural, one {# persona} other {# personas}}).',
  'warning.country-share':
    'El {percent}% de las personas está en {country}, pero la campaña indica {expected}. ¿Es correcto recipients.country?',
  'warning.many-landlines':
    'El {percent}% de las filas ({count, number}) tiene un teléfono fijo en "{column}". ¿Está el celular en otra columna?',
  'warning.control':
    'Para resolver mensajes inciertos, puede enviarse un mensaje de prueba con los valores de la primera fila a {phone} (uncertain.control).',
  'warning.control-never':
    'uncertain.control no recibe ningún mensaje de prueba, porque la campaña indica resend: never: no se reenviaría nada.',
  'warning.same-campaign-name':
    'La campaña "{other}" usa el mismo campaignName "{campaignName}": el proveedor no puede distinguirlas.',
  'warning.same-message':
    '{more, select, yes {Al menos } other {}}{people, plural, one {# persona recibió} other {# personas recibieron}} este mismo mensaje de la campaña "{other}" en los últimos 7 días.',
  'send.question':
    '¿Enviar {count, plural, one {# mensaje} other {# mensajes}} ahora por {host} como workspace {workspace}?',
  'send.question-sandbox': '¿Enviar {count, plural, one {# mensaje} other {# mensajes}} al sandbox ahora?',
  'check.refused': '"plazcast send" no enviaría nada:',
  'check.next':
    'No se envió nada. {count, plural, one {Saldría # mensaje} other {Saldrían # mensajes}} con: {command}',
  'send.declined':
    'No se envió nada. {count, plural, one {Queda # mensaje} other {Quedan # mensajes}} por enviar: el próximo send {count, plural, one {lo} other {los}} toma.',
  'send.nothing': 'Nada por enviar en {campaign}.',
  'send.recovered':
    '{count, plural, one {# mensaje estaba} other {# mensajes estaban}} en curso cuando se cortó una ejecución anterior: quedan inciertos hasta que se resuelvan.',
  'send.sandbox': 'Sandbox: nada sale de este equipo.',
  'send.stopping':
    '{count, plural, =0 {Deteniendo: no hay mensajes en curso.} other {Deteniendo: no salen mensajes nuevos; se espera la respuesta de #. Presione Ctrl-C otra vez para detener de inmediato.}}',
  'send.stopped-hard':
    'Detenido de inmediato: {count, plural, =0 {ningún mensaje estaba} one {# mensaje estaba} other {# mensajes estaban}} en curso y {count, plural, one {queda incierto} other {quedan inciertos}}.',
  'send.interrupted': 'Interrumpido. Ejecute send de nuevo para continuar.',
  'send.halted': 'Se detuvo con trabajo pendiente:',
  'send.limit': 'Se alcanzó el límite de esta ejecución; quedan {pending, number} por enviar.',
  'send.detached': 'El envío sigue solo como proceso {pid}, pase lo que pase con esta terminal.',
  'send.detached-log': 'Lo que dice queda en {path}',
  'send.detached-look': 'Para verlo: {command}. Para terminarlo en orden: kill {pid}.',
  'send.detached-ended': 'La ejecución terminó antes de seguir sola. Dijo:',
  'send.detached-changed':
    'Ahora {count, plural, one {saldría # mensaje} other {saldrían # mensajes}}, pero se {confirmed, plural, one {confirmó #} other {confirmaron #}}. No se envió nada. Vuelva a ejecutar send.',
  'send.detach-dry-run':
    '--detach y --dry-run no van juntos: con --dry-run no se envía nada. Quite uno de los dos.',
  'send.summary':
    '{accepted, plural, one {# aceptado} other {# aceptados}}, {refused, plural, one {# rechazado} other {# rechazados}}, {exhausted, number} con intentos agotados, {uncertain, plural, one {# incierto} other {# inciertos}}, {skipped, plural, one {# omitido} other {# omitidos}}, {rejected, plural, one {# fila rechazada} other {# filas rechazadas}}, {pending, number} por enviar.',
  'send.skipped': 'Omitidos: {what}.',
  'send.run': 'Esta ejecución: {sent, plural, one {# solicitud} other {# solicitudes}} en {duration}.',
  'send.next-rejected':
    'Corrija las filas rechazadas en {path}, páselas al archivo de destinatarios y ejecute send de nuevo.',
  'send.next-refused':
    'Por qué se rechazó: plazcast status {name}. Para intentarlo de nuevo: plazcast retry {name}.',
  'send.next-uncertain': 'Para resolver los inciertos: plazcast reconcile {name}.',
  'send.next-report': 'Para un reporte: plazcast report {name}.',
  'progress.line':
    '{done, number} de {total, number} · aceptados {accepted, number} · rechazados {refused, number} · inciertos {uncertain, number} · {rate}/s · {left}',
  'progress.left': 'faltan {time}',
  'progress.waiting': 'en espera: {what}',
  'progress.last-error': 'último problema: {text}',
  'progress.rate': '{rate}/s de {limit}/s',
  'progress.reading':
    'leyendo la lista del proveedor por {uncertain, plural, one {# persona incierta} other {# personas inciertas}}: página {pages, number}, {records, number} registros',
  'progress.reading-list':
    'leyendo la lista del proveedor: página {pages, number}, {records, number} registros',
  'status.header': 'Campaña {name} ({template})',
  'status.running': 'En ejecución: proceso {pid} en {host}, desde {since}.',
  'status.not-running': 'No está en ejecución.',
  'status.last-run': 'Última ejecución: {since}, duró {duration}, como máximo {rate} por segundo.',
  'status.halted': 'Se detuvo porque: {why}',
  'status.waiting': 'En espera: {why}',
  'status.paused': 'En pausa: "plazcast resume {name}" continúa.',
  'status.canceled': 'Cancelada: "plazcast resume {name}" la retoma.',
  'status.next-due': 'El próximo puede salir {at}.',
  'status.capped':
    '{count, plural, one {# persona ya recibió} other {# personas ya recibieron}} suficientes mensajes (limits.perRecipient); la primera puede recibir otro {at}: ejecute send entonces.',
  'status.next': 'Siguiente: {command}',
  'status.none': 'nada por hacer',
  'status.reason': '{count, number} × {status}: {reason}{code}',
  'report.written': 'Reporte: {path}',
  'sandbox.listening': 'Sandbox en {url}. Deténgalo con Ctrl-C.',
  'sandbox.use': 'Úselo con PLAZBOT_BASE_URL={url} y cualquier PLAZBOT_WORKSPACE_ID.',
  'control.paused': 'La campaña {name} está en pausa. Una ejecución en curso deja de enviar en dos segundos.',
  'control.resumed': 'La campaña {name} continúa.',
  'control.canceled':
    'La campaña {name} está cancelada: {count, plural, one {# mensaje no se enviará} other {# mensajes no se enviarán}}.',
  'status.word.pending': 'por enviar',
  'status.word.sending': 'en curso',
  'status.word.accepted': 'aceptados',
  'status.word.refused': 'rechazados',
  'status.word.exhausted': 'intentos agotados',
  'status.word.uncertain': 'inciertos',
  'status.word.skipped': 'omitidos',
  'status.word.rejected': 'filas rechazadas',
  'suppress.too-large':
    'Este archivo de no contactar pesa más de {megabytes, number} MB. Impórtelo una vez con "plazcast suppress import" y bórrelo del archivo de la campaña.',
  'suppress.too-many':
    'Los archivos de no contactar de esta campaña nombran a más de {most, number} personas. Impórtelos una vez con "plazcast suppress import ARCHIVO" y borre "suppress" del archivo de campaña.',
  'suppress.unreadable':
    '{count, plural, one {# fila no tiene} other {# filas no tienen}} un teléfono legible: puede faltar alguien en esta lista de no contactar.',
  'init.written': 'Escrito: {path}',
  'init.next': 'Siguiente: edite {folder}/campaign.yaml y ejecute plazcast check {folder}',
  'init.exists': '{path} ya existe y no se sobrescribe. Elija otra carpeta o mueva el archivo.',
  'init.unwritable': 'No se puede escribir en la carpeta {folder} ({detail}). Elija otra carpeta.',
  'init.ask-template': 'Nombre de la plantilla aprobada',
  'init.ask-type': 'Tipo de mensaje',
  'init.type-campaign': 'campaign: un mensaje para muchas personas',
  'init.type-individual': 'individual: sin nombre de campaña',
  'init.type-api': 'api: agrupado por nombre de campaña, desde un sistema',
  'init.ask-country': 'País de los números sin código de país (dos letras)',
  'init.country-wrong': 'Dos letras, como PE, MX o CO.',
  'init.ask-phone': 'Columna con los números de teléfono',
  'init.ask-body': 'Columnas que llenan las variables 1, 2, 3 … del texto, en el orden del archivo',
  'init.phone-column': 'Números de teléfono: columna "{column}".',
  'init.no-phone-column':
    '{count, plural, =0 {Ninguna columna parece el número de teléfono.} other {Varias columnas parecen el número de teléfono: {columns}.}} Indíquela en recipients.phone, en {file}.',
  'cli.not-in-workspace':
    'El registro conoce "{name}", pero no de este workspace. Quite --sandbox, o defina PLAZBOT_WORKSPACE_ID con el correcto.',
};
