import type { sandboxEn } from '../en/sandbox.js';

/** Spanish sentences: sandbox, one for each English one. */
export const sandboxEs: Record<keyof typeof sandboxEn, string> = {
  'sandbox.fault-unreadable':
    'No se puede leer la falla «{fault}». Escriba un nombre, o un nombre con una probabilidad, por ejemplo reset-after:0.1 o reset-after:10%.',
  'sandbox.fault-unknown':
    'No existe una falla llamada «{fault}».{suggestion, select, none {} other { ¿Quiso decir {suggestion}?}}',
  'sandbox.fault-probability':
    'La probabilidad en «{fault}» debe ser mayor que 0 y como máximo 1 (o 100%), por ejemplo 0.1 o 10%.',
  'sandbox.host-not-loopback':
    'El entorno de pruebas solo escucha en este equipo. «{host}» no es una dirección local: use 127.0.0.1 o ::1.',
  'sandbox.log-unusable':
    'El entorno de pruebas no puede escribir su registro {file}: {reason}. Elija otro archivo.',
  'sandbox.port-taken':
    'Otro programa está usando el puerto {port}. Elija otro puerto, o 0 para usar cualquiera que esté libre.',
  'sandbox.not-started': 'El entorno de pruebas no puede escuchar en {address}: {reason}.',
};
