import type { ledgerEn } from '../en/ledger.js';

/** Spanish sentences: the ledger and its locks. */
export const ledgerEs: Record<keyof typeof ledgerEn, string> = {
  'ledger.missing':
    'No hay registro en {file}. Ejecute primero "plazcast send" o indique el correcto con --ledger.',
  'ledger.no-folder': 'La carpeta {folder} no existe. Créela o indique otro archivo con --ledger.',
  'ledger.network-filesystem':
    'El registro {file} está en una unidad de red ({kind}), donde no se pueden separar dos ejecuciones. Colóquelo en un disco local con --ledger.',
  'ledger.newer': 'El registro {file} fue escrito por un plazcast más nuevo. Actualice plazcast para usarlo.',
  'ledger.not-a-ledger': '{file} no es un registro de plazcast. Indique otro archivo con --ledger.',
  'ledger.damaged':
    'El registro {file} está dañado. No se envió nada. Aparte el archivo, copie en su lugar el último respaldo ("plazcast backup") y ejecute "plazcast reconcile" antes de enviar.',
  'ledger.busy':
    'Otro programa está escribiendo en el registro {file}. Espere a que termine e intente de nuevo.',
  'ledger.read-only': 'No se puede escribir el registro {file}: el archivo o su carpeta es de solo lectura.',
  'ledger.cannot-open':
    'No se puede abrir el registro {file}: revise que el archivo y su carpeta se puedan leer y escribir.',
  'ledger.several-names':
    'El registro {file} tiene más de un nombre (un enlace duro). Lo último que se escribió está junto a uno solo de ellos y se podría olvidar a personas. Conserve uno de sus nombres, borre los demás e intente de nuevo.',
  'ledger.from-above': 'Se usa el registro {file}: en esta carpeta no hay ninguno.',
  'ledger.another':
    'La campaña "{name}" se envió desde otro registro, {right}. Desde {file} todas las personas la recibirían otra vez, por eso no se envió nada. Ejecute send con {option}. Solo si todas deben recibirla otra vez, ejecute send una vez con --accept-ledger.',
  'ledger.another-gone':
    'La campaña "{name}" se envió desde otro registro, que estaba en {right} y ya no está allí. Desde {file} todas las personas la recibirían otra vez, por eso no se envió nada. Busque ese registro e indíquelo con --ledger, o ponga en su lugar una copia de seguridad. Solo si todas deben recibir la campaña otra vez, ejecute send una vez con --accept-ledger.',
  'ledger.copy':
    'El registro {file} es una copia de {right}, desde el que se envió la campaña "{name}". Ninguno sabría lo que envía el otro, por eso no se envió nada. Ejecute send con {option}. Para seguir con la copia, ejecute send una vez con --accept-ledger.',
  'ledger.behind':
    'El registro {file} es más antiguo que el estado desde el que se envió la campaña "{name}": se puso una copia de seguridad o se perdió su archivo -wal. Quienes la recibieron después la recibirían otra vez, por eso no se envió nada. Ponga de nuevo el registro más reciente. Si no lo hay, ejecute "plazcast reconcile {name} --audit", que busca a esas personas en la lista del proveedor, y luego send una vez con --accept-ledger.',
  'ledger.behind-of':
    'El registro {file} es un estado anterior de {right}, desde el que se siguió enviando la campaña "{name}". Quienes la recibieron después la recibirían otra vez, por eso no se envió nada. Ejecute send con {option}.',
  'ledger.not-needed': '--accept-ledger no hacía falta: nada impide enviar la campaña "{name}" desde {file}.',
  'ledger.memory-damaged':
    'El archivo {file} está dañado. Recuerda desde qué registro se envió la campaña "{name}". No se envió nada. Si ese registro es {ledger}, ejecute send una vez con --accept-ledger.',
  'state.unreadable':
    'No se puede leer el archivo {file}, en el que plazcast recuerda qué registro envió qué ({detail}). No se envió nada. Dé permiso de lectura e intente de nuevo.',
  'state.unwritable':
    'No se puede escribir en la carpeta {folder}, en la que plazcast recuerda qué registro envió qué ({detail}). No se envió nada. Dé permiso de escritura, o indique otra carpeta en PLAZCAST_STATE_DIR y no la cambie después.',
  'ledger.full':
    'El disco está lleno: no se puede escribir el registro {file}. Libere espacio y vuelva a ejecutar send.',
  'ledger.io':
    'El disco informó un error en el registro {file} ({detail}). Revise el disco antes de continuar.',
  'lock.campaign':
    'Otro plazcast trabaja con la campaña "{campaign}": proceso {pid} en {host}, desde {since}. Espere a que termine o deténgalo allí.',
  'lock.sender':
    'Otro plazcast está enviando para este workspace: campaña "{campaign}", proceso {pid} en {host}, desde {since}. Dos a la vez duplicarían el ritmo: espere a que termine o deténgalo allí.',
  'lock.unwritable':
    'No se puede escribir en la carpeta {folder} de los archivos de bloqueo ({detail}). Indique otra en PLAZCAST_STATE_DIR.',
  'ledger.no-campaign': 'El registro {file} no conoce la campaña "{name}". Conoce: {known}.',
  'ledger.no-campaigns': 'El registro {file} todavía no tiene campañas.',
  'campaign.key-added':
    'La campaña "{name}" ya se envió a personas y desde entonces se agregó "recipients.key: {after}". Todas la recibirían otra vez, una vez por cada {after}. Quite la clave o dele otro nombre a la campaña; si todas deben recibirla otra vez, ejecute send una vez con --accept-changes.',
  'campaign.key-changed':
    'La campaña "{name}" ya se envió a personas y desde entonces recipients.key cambió de "{before}" a "{after}". Todas la recibirían otra vez, una vez por cada {after}. Ponga la clave anterior o dele otro nombre a la campaña; si todas deben recibirla otra vez, ejecute send una vez con --accept-changes.',
  'campaign.key-removed':
    'La campaña "{name}" ya se envió a personas y desde entonces se quitó "recipients.key: {before}". Todas la recibirían otra vez, una vez por teléfono. Ponga la clave de nuevo o dele otro nombre a la campaña; si todas deben recibirla otra vez, ejecute send una vez con --accept-changes.',
  'campaign.changed-after-send':
    'La campaña "{name}" ya se envió a personas y desde entonces se editó: {changes}. Dele un nombre nuevo o ejecute send una vez con --accept-changes.',
};
