/** English sentences: conversations, audience, suppress, test, doctor, backup. Places are ICU MessageFormat. */
export const commandsEn = {
  'cli.json-and-stdout': '--json has stdout for its own document. Give a file with -o, or leave --json out.',
  'list.progress': '{records, plural, one {# record} other {# records}} read …',
  'list.stopping': 'Stopping: what was read so far is kept. Press Ctrl-C again to stop at once.',
  'list.written': '{records, plural, one {# record} other {# records}} written to {path}',
  'audience.left-out': 'Left out:',
  'audience.written': 'Recipients: {path}',
  'audience.second-phone':
    'The column {columns} looks like a second phone column, and a campaign would not know which one to use. Leave it out of --columns.',
  'forget.one-of':
    'Say whom to forget: either one phone number, such as "plazcast forget +51987654321", or --older-than 24m.',
  'forget.age': '--older-than takes days, months or years, such as 90d, 24m or 2y, not "{value}".',
  'forget.needs-yes':
    'What is erased cannot be brought back, and there is nobody to ask. Add --yes if you are sure. Nothing was erased.',
  'forget.question':
    'Erase the data of {count, plural, one {# person} other {# people}} from the ledger? This cannot be undone.',
  'forget.question-phone': 'Erase what the ledger holds of {phone}? This cannot be undone.',
  'forget.declined': 'Nothing was erased.',
  'forget.done':
    '{people, plural, =0 {Nobody is new to be forgotten} one {# person was forgotten} other {# people were forgotten}}{rows, plural, =0 {} one {, and # row that could not be sent was emptied} other {, and # rows that could not be sent were emptied}}. They stay out of the campaigns that they had, and of what the do-not-contact list keeps them from.',
  'forget.nobody': 'The ledger holds nothing of them. Nothing was erased.',
  'forget.open':
    'In campaign "{campaign}" {count, plural, one {# person was} other {# people were}} not forgotten: what became of a message is still open. Settle it with "plazcast reconcile {campaign}", then forget again.',
  'forget.busy':
    'Another program has the ledger open, so pieces of what was erased may be left in its file. Run the same command again when nothing else is running.',
  'forget.elsewhere':
    'Reports, rejected.csv files, recipients files, logs, data of the sandbox and backups of the ledger are not touched: delete them where they hold these people.',
  'suppress.needs-numbers':
    'Say which phone numbers to {action}, such as: plazcast suppress {action} +51987654321',
  'suppress.needs-one-source':
    'Say what to import: either one file, such as "plazcast suppress import stop.csv", or a list with --from.',
  'suppress.takes-nothing': '"suppress {action}" takes no further words, but got "{what}".',
  'suppress.no-workspace':
    'Whose do-not-contact list? Set PLAZBOT_WORKSPACE_ID in the environment or .env, or give --workspace or --sandbox.',
  'suppress.unknown-workspace':
    'The ledger {file} knows no workspace {fingerprint}.{count, plural, =0 {} other { It knows: {known}.}}',
  'workspace.visible':
    'A workspace id on the command line can be seen by other users of this machine and stays in the history of the shell. Put it into PLAZBOT_WORKSPACE_ID or .env. "suppress" also takes --workspace {fingerprint}, which opens nothing.',
  'suppress.expires': '--expires takes a day such as 2027-01-31 or a time such as 90d, not "{value}".',
  'suppress.expires-past': '--expires {value} is over already. Give a later day.',
  'suppress.cannot-read':
    '{count, plural, one {# number cannot be read and is} other {# numbers cannot be read and are}} not on the list:',
  'suppress.untold':
    '{count, plural, one {# record does} other {# records do}} not tell whether the person is blocked or marked as spam: somebody may be missing from the list.',
  'suppress.more': 'and {count, plural, one {# more} other {# more}}.',
  'suppress.added': '{count, plural, one {# person} other {# people}} added to the do-not-contact list.',
  'suppress.known':
    '{count, plural, one {# was on it already and has} other {# were on it already and have}} the new reason and expiry now.',
  'suppress.removed': '{count, plural, one {# person} other {# people}} taken off the do-not-contact list.',
  'suppress.was-not-on': '{count, plural, one {# person was} other {# people were}} not on it.',
  'suppress.header': 'phone            added       until       reason · source',
  'suppress.for-good': 'for good',
  'suppress.expired': '(expired)',
  'suppress.total':
    '{count, plural, =0 {Nobody is on the do-not-contact list.} one {# person on the do-not-contact list.} other {# people on the do-not-contact list.}}',
  'suppress.exported': 'Written: {path}',
  'test.phone': '--to takes one phone number with its country code, such as +51987654321, not "{value}".',
  'test.no-row':
    'There is no row {number, number} that can be sent: the file has {count, plural, =0 {none} one {only #} other {only #}}. Run "plazcast check" to see why rows are rejected.',
  'test.suppressed':
    '{phone} is on the do-not-contact list, so nothing was sent. "plazcast suppress remove {phone}" takes it off.',
  'test.sending': 'Template {template} with the values of line {line}, to {phone} …',
  'test.stopping':
    'Waiting for the answer, so that it is known what became of the message. Press Ctrl-C again to stop at once.',
  'test.stopped-hard': 'Stopped at once: the message may have gone out.',
  'test.accepted': 'Accepted by the provider. Look at the phone: the message should arrive in a moment.',
  'test.refused': 'Refused: {reason} ({detail}).',
  'test.deferred': 'Not sent: the provider asks to try again later ({detail}).',
  'test.uncertain':
    'Uncertain: the message may have gone out, but no clear answer came back ({detail}). Look at the phone.',
  'test.not-sent':
    'Not sent: the provider cannot be reached ({detail}). Check the network and the address, or run "plazcast doctor".',
  'test.halted': 'Not sent. {why}',
  'doctor.level.ok': 'ok',
  'doctor.level.warn': 'warn',
  'doctor.level.fail': 'fail',
  'doctor.node': 'Node {version}',
  'doctor.node.old': 'Node {version} is too old: install Node {floor} or newer.',
  'doctor.disk': 'Free disk space: {megabytes, number} MB',
  'doctor.disk.scarce':
    'Only {megabytes, number} MB of disk space are free. Make room before a large campaign.',
  'doctor.disk.full': 'Only {megabytes, number} MB of disk space are free: too little for a send. Make room.',
  'doctor.filesystem': 'File system: {kind}, local',
  'doctor.filesystem.memory':
    'The ledger {file} lies in memory and is lost at a restart. Put it on a disk with --ledger.',
  'doctor.ledger.none': 'Ledger {file}: none yet, the first send makes it',
  'doctor.ledger.quick': 'Ledger {file}: every page can be read (--full looks closer)',
  'doctor.ledger.full': 'Ledger {file}: intact',
  'doctor.durable': 'Ledger writes reach the disk (synchronous=FULL)',
  'doctor.durable.not':
    'Ledger writes may not reach the disk (synchronous={value} instead of FULL). Reinstall plazcast with "npm ci".',
  'doctor.state': 'Folder for locks: {folder}',
  'doctor.private.open':
    '{path} can be read or changed by other users of this machine (permissions {mode}). Close it: chmod {wanted} {path}',
  'doctor.private.foreign':
    '{path} belongs to another user of this machine, who can read and change it. Use a file or folder of your own.',
  'doctor.env.folder': '{path} is a folder, so no credentials are read from it.',
  'doctor.env.txt': '{path} is not read: its name must be ".env" without ".txt". Rename it.',
  'doctor.credential.set': '{name} is set',
  'doctor.credential.api-key': '{name} is not set; only accounts that ask for a key need it',
  'doctor.credential.list': '{name} is not set; only its own conversation list needs it',
  'doctor.list': 'Plazbot answers at {host}, and the conversation list can be read',
  'doctor.list.nothing': 'Plazbot at {url} gave no list. Try again later.',
  'doctor.workspace-name': 'Workspace: {name}',
  'doctor.clock': 'The clock agrees with the provider',
  'doctor.clock.unknown':
    'The provider does not tell its time. Make sure that this machine sets its clock by the network.',
  'doctor.clock.behind':
    'This machine’s clock is {seconds, plural, one {# second} other {# seconds}} behind the provider. Let it be set by the network.',
  'doctor.clock.ahead':
    'This machine’s clock is {seconds, plural, one {# second} other {# seconds}} ahead of the provider. Let it be set by the network.',
  'doctor.summary':
    '{failing, plural, =0 {Nothing is broken.} one {# thing is to be mended.} other {# things are to be mended.}}{warnings, plural, =0 {} one { # warning.} other { # warnings.}}',
  'backup.written': 'Backup, checked: {path} ({kilobytes, number} kB)',
  'backup.restore':
    'To restore it: stop every run, move {ledger} and its -wal and -shm files away, copy the backup to its place, and run "plazcast reconcile CAMPAIGN --audit" before you send: what was sent since the backup is not in it.',
  'backup.exists': '{file} exists already and is not overwritten. Give another name.',
  'backup.no-folder': 'The folder {folder} does not exist. Create it, or give another file.',
  'backup.unwritable':
    'The backup {file} could not be written ({detail}). Make room or choose another folder.',
  'backup.damaged':
    'The ledger {file} is damaged, and so was the copy: no backup was left. Keep your older backups, and run "plazcast doctor --full".',
  'replies.found':
    '{replied, plural, one {# person} other {# people}} of {accepted, number} accepted replied.',
  'replies.estimate':
    'Some of these replies are an estimate: the list tells when something was last written, not always by whom.',
  'replies.untold':
    '{count, plural, one {# conversation does} other {# conversations do}} not tell whether the person wrote back: they count as no reply.',
  'replies.incomplete': 'The list was read only in part, so replies may be missing from the report.',
} as const;
