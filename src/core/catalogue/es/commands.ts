import type { commandsEn } from '../en/commands.js';

/** Spanish sentences: conversations, audience, suppress, test, doctor, backup, one for each English one. */
export const commandsEs: Record<keyof typeof commandsEn, string> = {
  'cli.json-and-stdout':
    '--json usa stdout para su propio documento. Indique un archivo con -o, o quite --json.',
  'list.progress': '{records, plural, one {# registro leído} other {# registros leídos}} …',
  'list.stopping':
    'Deteniendo: lo leído hasta aquí se conserva. Presione Ctrl-C otra vez para detener de inmediato.',
  'list.written': '{records, plural, one {# registro escrito} other {# registros escritos}} en {path}',
  'audience.left-out': 'Quedaron fuera:',
  'audience.written': 'Destinatarios: {path}',
  'audience.second-phone':
    'La columna {columns} parece una segunda columna de teléfono, y una campaña no sabría cuál usar. Quítela de --columns.',
  'forget.one-of':
    'Diga a quién olvidar: un teléfono, por ejemplo "plazcast forget +51987654321", o --older-than 24m.',
  'forget.age': '--older-than recibe días, meses o años, por ejemplo 90d, 24m o 2y, no "{value}".',
  'forget.needs-yes':
    'Lo que se borra no se puede recuperar, y no hay a quién preguntar. Agregue --yes si está seguro. No se borró nada.',
  'forget.question':
    '¿Borrar del registro los datos de {count, plural, one {# persona} other {# personas}}? No se puede deshacer.',
  'forget.question-phone': '¿Borrar lo que el registro guarda de {phone}? No se puede deshacer.',
  'forget.declined': 'No se borró nada.',
  'forget.done':
    '{people, plural, =0 {No hay nadie nuevo que olvidar} one {Se olvidó a # persona} other {Se olvidó a # personas}}{rows, plural, =0 {} one {, y se vació # fila que no se pudo enviar} other {, y se vaciaron # filas que no se pudieron enviar}}. Siguen fuera de las campañas que tuvieron y de lo que la lista de no contactar les evita.',
  'forget.nobody': 'El registro no guarda nada de esas personas. No se borró nada.',
  'forget.open':
    'En la campaña "{campaign}" {count, plural, one {# persona no se olvidó} other {# personas no se olvidaron}}: aún no se sabe qué pasó con un mensaje. Resuélvalo con "plazcast reconcile {campaign}" y vuelva a olvidar.',
  'forget.busy':
    'Otro programa tiene abierto el registro, así que en su archivo pueden quedar partes de lo borrado. Ejecute el mismo comando de nuevo cuando no haya nada más en marcha.',
  'forget.elsewhere':
    'Los informes, los rejected.csv, los archivos de destinatarios, los logs, los datos del sandbox y las copias del registro no se tocan: bórrelos donde tengan a estas personas.',
  'suppress.needs-numbers':
    'Indique los números de teléfono, por ejemplo: plazcast suppress {action} +51987654321',
  'suppress.needs-one-source':
    'Indique qué importar: un archivo, como "plazcast suppress import stop.csv", o una lista con --from.',
  'suppress.takes-nothing': '"suppress {action}" no admite más palabras, pero recibió "{what}".',
  'suppress.no-workspace':
    '¿De quién es la lista de no contactar? Defina PLAZBOT_WORKSPACE_ID en el entorno o en .env, o indique --workspace o --sandbox.',
  'suppress.unknown-workspace':
    'El registro {file} no conoce ningún workspace {fingerprint}.{count, plural, =0 {} other { Conoce: {known}.}}',
  'workspace.visible':
    'Un id de workspace en la línea de comandos lo pueden ver otros usuarios de esta máquina y queda en el historial de la terminal. Póngalo en PLAZBOT_WORKSPACE_ID o en .env. "suppress" acepta también --workspace {fingerprint}, que no abre nada.',
  'suppress.expires': '--expires admite un día como 2027-01-31 o un plazo como 90d, no "{value}".',
  'suppress.expires-past': '--expires {value} ya pasó. Indique un día posterior.',
  'suppress.cannot-read':
    '{count, plural, one {# número no se puede leer y no está} other {# números no se pueden leer y no están}} en la lista:',
  'suppress.untold':
    '{count, plural, one {# registro no dice} other {# registros no dicen}} si la persona está bloqueada o marcada como spam: puede faltar alguien en la lista.',
  'suppress.more': 'y {count, plural, one {# más} other {# más}}.',
  'suppress.added':
    '{count, plural, one {# persona agregada} other {# personas agregadas}} a la lista de no contactar.',
  'suppress.known':
    '{count, plural, one {# ya estaba y ahora tiene} other {# ya estaban y ahora tienen}} el motivo y el vencimiento nuevos.',
  'suppress.removed':
    '{count, plural, one {# persona retirada} other {# personas retiradas}} de la lista de no contactar.',
  'suppress.was-not-on': '{count, plural, one {# persona no estaba} other {# personas no estaban}} en ella.',
  'suppress.header': 'teléfono         desde       hasta       motivo · origen',
  'suppress.for-good': 'siempre',
  'suppress.expired': '(vencido)',
  'suppress.total':
    '{count, plural, =0 {No hay nadie en la lista de no contactar.} one {# persona en la lista de no contactar.} other {# personas en la lista de no contactar.}}',
  'suppress.exported': 'Escrito: {path}',
  'test.phone': '--to admite un número de teléfono con su código de país, como +51987654321, no "{value}".',
  'test.no-row':
    'No hay una fila {number, number} que se pueda enviar: el archivo tiene {count, plural, =0 {ninguna} one {solo #} other {solo #}}. Ejecute "plazcast check" para ver por qué se rechazan filas.',
  'test.suppressed':
    '{phone} está en la lista de no contactar, así que no se envió nada. "plazcast suppress remove {phone}" lo retira.',
  'test.sending': 'Plantilla {template} con los valores de la línea {line}, a {phone} …',
  'test.stopping':
    'Se espera la respuesta para saber qué pasó con el mensaje. Presione Ctrl-C otra vez para detener de inmediato.',
  'test.stopped-hard': 'Detenido de inmediato: el mensaje pudo haber salido.',
  'test.accepted': 'Aceptado por el proveedor. Mire el teléfono: el mensaje debería llegar en un momento.',
  'test.refused': 'Rechazado: {reason} ({detail}).',
  'test.deferred': 'No se envió: el proveedor pide intentarlo más tarde ({detail}).',
  'test.uncertain':
    'Incierto: el mensaje pudo haber salido, pero no llegó una respuesta clara ({detail}). Mire el teléfono.',
  'test.not-sent':
    'No se envió: no se puede llegar al proveedor ({detail}). Revise la red y la dirección, o ejecute "plazcast doctor".',
  'test.halted': 'No se envió. {why}',
  'doctor.level.ok': 'bien',
  'doctor.level.warn': 'aviso',
  'doctor.level.fail': 'falla',
  'doctor.node': 'Node {version}',
  'doctor.node.old': 'Node {version} es demasiado antiguo: instale Node {floor} o más nuevo.',
  'doctor.disk': 'Espacio libre en disco: {megabytes, number} MB',
  'doctor.disk.scarce':
    'Solo quedan {megabytes, number} MB libres en disco. Haga espacio antes de una campaña grande.',
  'doctor.disk.full':
    'Solo quedan {megabytes, number} MB libres en disco: muy poco para un envío. Haga espacio.',
  'doctor.filesystem': 'Sistema de archivos: {kind}, local',
  'doctor.filesystem.memory':
    'El registro {file} está en memoria y se pierde al reiniciar. Póngalo en un disco con --ledger.',
  'doctor.ledger.none': 'Registro {file}: aún no existe, el primer envío lo crea',
  'doctor.ledger.quick': 'Registro {file}: todas las páginas se pueden leer (--full mira más a fondo)',
  'doctor.ledger.full': 'Registro {file}: íntegro',
  'doctor.durable': 'Lo que se escribe en el registro llega al disco (synchronous=FULL)',
  'doctor.durable.not':
    'Lo que se escribe en el registro puede no llegar al disco (synchronous={value} en vez de FULL). Reinstale plazcast con "npm ci".',
  'doctor.state': 'Carpeta de bloqueos: {folder}',
  'doctor.private.open':
    'Otros usuarios de esta máquina pueden leer o cambiar {path} (permisos {mode}). Ciérrelo: chmod {wanted} {path}',
  'doctor.private.foreign':
    '{path} es de otro usuario de esta máquina, que puede leerlo y cambiarlo. Use un archivo o una carpeta suyos.',
  'doctor.env.folder': '{path} es una carpeta, así que de ahí no se leen credenciales.',
  'doctor.env.txt': '{path} no se lee: su nombre debe ser ".env", sin ".txt". Cámbiele el nombre.',
  'doctor.credential.set': '{name} está definida',
  'doctor.credential.api-key': '{name} no está definida; solo la necesitan las cuentas que piden una clave',
  'doctor.credential.list': '{name} no está definida; solo la necesita su propia lista de conversaciones',
  'doctor.list': 'Plazbot responde en {host} y la lista de conversaciones se puede leer',
  'doctor.list.nothing': 'Plazbot en {url} no entregó ninguna lista. Inténtelo más tarde.',
  'doctor.workspace-name': 'Workspace: {name}',
  'doctor.clock': 'El reloj coincide con el del proveedor',
  'doctor.clock.unknown':
    'El proveedor no indica su hora. Asegúrese de que este equipo ajuste su reloj por la red.',
  'doctor.clock.behind':
    'El reloj de este equipo está {seconds, plural, one {# segundo} other {# segundos}} atrasado respecto del proveedor. Deje que se ajuste por la red.',
  'doctor.clock.ahead':
    'El reloj de este equipo está {seconds, plural, one {# segundo} other {# segundos}} adelantado respecto del proveedor. Deje que se ajuste por la red.',
  'doctor.summary':
    '{failing, plural, =0 {Nada está averiado.} one {Hay # cosa por arreglar.} other {Hay # cosas por arreglar.}}{warnings, plural, =0 {} one { # aviso.} other { # avisos.}}',
  'backup.written': 'Copia de seguridad, verificada: {path} ({kilobytes, number} kB)',
  'backup.restore':
    'Para restaurarla: detenga todo envío, aparte {ledger} y sus archivos -wal y -shm, ponga la copia en su lugar y ejecute "plazcast reconcile CAMPAÑA --audit" antes de enviar: lo enviado desde la copia no está en ella.',
  'backup.exists': '{file} ya existe y no se sobrescribe. Indique otro nombre.',
  'backup.no-folder': 'La carpeta {folder} no existe. Créela o indique otro archivo.',
  'backup.unwritable':
    'La copia de seguridad {file} no se pudo escribir ({detail}). Haga espacio o elija otra carpeta.',
  'backup.damaged':
    'El registro {file} está dañado, y la copia también: no se dejó ninguna. Conserve sus copias anteriores y ejecute "plazcast doctor --full".',
  'replies.found':
    'De {accepted, number} aceptados {replied, plural, one {respondió # persona} other {respondieron # personas}}.',
  'replies.estimate':
    'Algunas de estas respuestas son una estimación: la lista dice cuándo se escribió algo por última vez, no siempre quién.',
  'replies.untold':
    '{count, plural, one {# conversación no dice} other {# conversaciones no dicen}} si la persona respondió: cuentan como sin respuesta.',
  'replies.incomplete': 'La lista se leyó solo en parte, así que pueden faltar respuestas en el reporte.',
};
