import type { runEn } from '../en/run.js';

/** Spanish sentences: halts, waits and what a run says. */
export const runEs: Record<keyof typeof runEn, string> = {
  'halt.credentials':
    'El proveedor rechazó la cuenta o el workspace: {detail}. Revise PLAZBOT_WORKSPACE_ID y PLAZBOT_API_KEY y vuelva a ejecutar send.',
  'halt.account':
    'El proveedor o WhatsApp no deja enviar a esta cuenta: {detail}. Resuélvalo con ellos (pago, límites, conexión del número) y vuelva a ejecutar send.',
  'halt.template':
    'WhatsApp rechazó la plantilla "{template}": {detail}. Revise su nombre, idioma y aprobación y vuelva a ejecutar send.',
  'halt.configuration':
    'El proveedor respondió HTTP {status}: la dirección no es la correcta. Revise provider.baseUrl o PLAZBOT_BASE_URL.',
  'halt.wrong-path':
    'La dirección {url} no conoce esta ruta (HTTP {status}): URL base o api equivocada. Revise provider.baseUrl y provider.api (classic o current). No se envió nada.',
  'halt.unreachable':
    'No se puede conectar con el proveedor en {url}: {detail}. Revise la red y la dirección y vuelva a ejecutar send.',
  'halt.failures':
    'Fallaron {failures} de los últimos {over} mensajes y la campaña se detuvo (stopWhen). Vea los motivos con "plazcast status" y vuelva a ejecutar send.',
  'halt.uncertain':
    '{count, plural, one {# mensaje quedó} other {# mensajes quedaron}} sin respuesta clara y la campaña se detuvo (stopWhen.uncertain). Ejecute "plazcast reconcile" y luego send.',
  'halt.retry-after':
    'El proveedor pide esperar hasta {until}, más de lo que una ejecución espera por sí sola. Vuelva a ejecutar send después.',
  'halt.throttled':
    'Durante {minutes} minutos el proveedor pidió ir más despacio y no aceptó nada: {detail}. Vea si alguien más envía desde este número, baje "rate" en el archivo de campaña y vuelva a ejecutar send más tarde.',
  'halt.paused': 'La campaña está en pausa. Continúe con "plazcast resume".',
  'halt.canceled': 'La campaña fue cancelada y ya no sale nada más. "plazcast resume" la retoma.',
  'halt.per-day':
    'Se alcanzó el límite diario de {limit, number} personas. El próximo envío es posible el {until}: vuelva a ejecutar send entonces.',
  'halt.window':
    'El horario de envío está cerrado hasta {until}. Vuelva a ejecutar send entonces, o sin --no-wait.',
  'halt.window-never':
    'El horario de envío nunca abre para las personas que faltan: sus países tienen husos horarios tan distantes que ninguna hora sirve a todos. Amplíe schedule.window o indique una sola zona horaria y vuelva a ejecutar send.',
  'halt.canary':
    'De los primeros {first} mensajes, {failures} fallaron o quedaron sin respuesta clara, más de lo que permite canary.maxFailures. Vea los motivos con "plazcast status" y vuelva a ejecutar send.',
  'halt.ledger-write':
    'No se pudo escribir el registro ({detail}), por eso no se envió nada más. Libere espacio o repare el disco y vuelva a ejecutar send.',
  'halt.ledger-gone':
    'El registro {file} se borró, se movió o se reemplazó mientras se enviaba, por eso no se envió nada más. Póngalo de nuevo en su lugar y vuelva a ejecutar send.',
  'halt.ledger-moved':
    'El registro {file} se movió a {moved} mientras se enviaba, por eso no se envió nada más. Todo lo enviado consta en él. Devuélvalo a su lugar o ejecute send con {option}.',
  'halt.ledger-saved':
    'El registro {file} se borró o se reemplazó mientras se enviaba, por eso no se envió nada más. Lo que contenía, con todo lo enviado, se guardó en {saved}. Muévalo a {file} o ejecute send con {option}.',
  'halt.ledger-lost':
    'El registro {file} se borró o se reemplazó mientras se enviaba, por eso no se envió nada más, y lo que contenía no se pudo guardar ({detail}). Ponga en su lugar su última copia de seguridad y ejecute "plazcast reconcile" con --audit antes de enviar.',
  'halt.state-unwritable':
    'Ya no se puede escribir en la carpeta {folder}, en la que plazcast recuerda qué registro envió qué ({detail}), por eso no se envió nada más. Libere espacio o dé permiso de escritura y vuelva a ejecutar send.',
  'halt.imbalance':
    'El registro no cuadra: {recipients, number} destinatarios, pero {sum, number} entregas. No se envió nada. Por favor, infórmelo con una copia del registro.',
  'halt.rejected':
    '{count, plural, one {# fila no se puede} other {# filas no se pueden}} enviar y la campaña indica onRejected: stop. Corrija las filas en rejected.csv y vuelva a ejecutar send.',
  'wait.window': 'el horario abre {until}',
  'wait.not-before': 'comienza {until}',
  'wait.per-day': 'límite diario alcanzado, continúa {until}',
  'wait.retry-after': 'el proveedor pide esperar hasta {until}',
  'wait.deferred': 'próximo intento a las {until}',
  'wait.canary': 'salieron los primeros mensajes, se revisan a las {until}',
  'wait.paused': 'en pausa; continúe con "plazcast resume"',
  'wait.unreachable': 'proveedor sin conexión, próximo intento a las {until}',
  'wait.ledger-busy': 'el registro está ocupado: otro programa o una importación escribe en él',
  'wait.all-zones': 'ningún horario está abierto; el próximo abre {until}',
  'wait.list':
    'leyendo la lista del proveedor por {uncertain, plural, one {# persona incierta} other {# personas inciertas}}, un minuto como máximo: página {pages, number}, {records, number} registros',
  'wait.answer': 'espera una respuesta en su terminal',
};
