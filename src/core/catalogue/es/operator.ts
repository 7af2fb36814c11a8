import type { operatorEn } from '../en/operator.js';

/** Spanish sentences: the operator's day: live view, status, logs and notices. */
export const operatorEs: Record<keyof typeof operatorEn, string> = {
  'log.cannot-open':
    'No se puede abrir el archivo de log {path} ({detail}). No se envió nada. Indique otro archivo con --log-file.',
  'log.ended': 'Ya no se puede escribir en el archivo de log {path} ({detail}). El envío continúa sin log.',
  'log.run-start': 'comienza la ejecución',
  'log.run-wait': 'la ejecución espera',
  'log.run-halt': 'la ejecución se detuvo con trabajo pendiente',
  'log.run-end': 'termina la ejecución',
  'log.attempt': 'intento',
  'log.failed': 'el comando falló',
  'notify.posted': 'resumen enviado a {host}',
  'notify.failed': 'No se pudo enviar el resumen a {host} ({detail}). La campaña en sí no se ve afectada.',
  'notify.sandbox': 'Sandbox: el resumen no se envía a {host}, porque nada sale de esta máquina.',
  'progress.share': '{percent, number}%  {done, number} de {total, number}',
  'progress.accepted': 'aceptados {count, number}',
  'progress.refused': 'rechazados {count, number}',
  'progress.uncertain': 'inciertos {count, number}',
  'progress.skipped': 'omitidos {count, number}',
  'progress.slowed': '{rate}/s de {limit}/s, el proveedor lo redujo a {now}/s',
  'progress.starting': 'comenzando',
  'progress.provider-pause': 'en espera: el proveedor pide una pausa ({time})',
  'progress.stopping': 'deteniendo: {count, plural, =0 {nada} other {#}} en vuelo',
  'progress.failed-connection': 'sin conexión con el proveedor',
  'status.rate': 'Envía {rate} por segundo, como máximo {limit}.',
  'status.died':
    'La última ejecución, comenzada {since}, se cortó.{count, plural, =0 {} one { Había # mensaje en curso: el próximo send averigua qué pasó con él.} other { Había # mensajes en curso: el próximo send averigua qué pasó con ellos.}}',
  'status.sender-busy':
    'La campaña {campaign} se está enviando para el mismo workspace (proceso {pid} en {host}): espere a que termine.',
  'status.empty': 'todavía sin destinatarios',
  'status.reasons': 'Por qué, y qué hacer:',
  'status.unsettled-title': 'Los inciertos:',
  'status.unsettled': '{count, number} × {what}',
  'status.watch-more': '… no cabe todo: agrande la ventana o indique una campaña',
};
