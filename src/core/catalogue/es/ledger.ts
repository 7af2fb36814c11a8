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
  'campaign.changed-after-send':
    'La campaña "{name}" ya se envió a personas y desde entonces se editó: {changes}. Dele un nombre nuevo o ejecute send una vez con --accept-changes.',
};
