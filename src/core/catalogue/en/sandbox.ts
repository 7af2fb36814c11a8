/** English sentences: sandbox. Places are ICU MessageFormat. */
export const sandboxEn = {
  'sandbox.fault-unreadable':
    'The fault "{fault}" cannot be read. Write a name, or a name with a probability, such as reset-after:0.1 or reset-after:10%.',
  'sandbox.fault-unknown':
    'There is no fault called "{fault}".{suggestion, select, none {} other { Did you mean {suggestion}?}}',
  'sandbox.fault-probability':
    'The probability in "{fault}" must be greater than 0 and at most 1 (or 100%), such as 0.1 or 10%.',
  'sandbox.host-not-loopback':
    'The sandbox only listens on this machine. "{host}" is not a loopback address: use 127.0.0.1 or ::1.',
  'sandbox.log-unusable': 'The sandbox cannot write its log {file}: {reason}. Choose another file.',
  'sandbox.port-taken':
    'Port {port} is in use by another program. Choose another port, or 0 for any free one.',
  'sandbox.not-started': 'The sandbox cannot listen on {address}: {reason}.',
} as const;
