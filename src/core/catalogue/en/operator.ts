/** English sentences: the operator's day: live view, status, logs and notices. Places are ICU MessageFormat. */
export const operatorEn = {
  'log.cannot-open':
    'The log file {path} cannot be opened ({detail}). Nothing was sent. Give another file with --log-file.',
  'log.ended': 'The log file {path} cannot be written any more ({detail}). The run goes on without a log.',
  'log.run-start': 'run started',
  'log.run-wait': 'run waits',
  'log.run-halt': 'run stopped with work left',
  'log.run-end': 'run ended',
  'log.attempt': 'attempt',
  'log.failed': 'command failed',
  'notify.posted': 'summary posted to {host}',
  'notify.failed':
    'The summary could not be posted to {host} ({detail}). The campaign itself is not affected.',
  'notify.sandbox': 'Sandbox: the summary is not posted to {host}, because nothing leaves this machine.',
  'progress.share': '{percent, number}%  {done, number} of {total, number}',
  'progress.slowed': '{rate}/s of {limit}/s, slowed by the provider to {now}/s',
  'progress.starting': 'starting',
  'progress.provider-pause': 'waiting: the provider asks for a pause ({time})',
  'progress.stopping': 'stopping: {count, plural, =0 {nothing} other {#}} in flight',
  'progress.failed-connection': 'no connection to the provider',
  'status.skipped-reason': 'of these {count, number}: {reason}',
} as const;
