/** English sentences: what the commands say and ask. Places are ICU MessageFormat. */
export const cliEn = {
  'cli.more-problems':
    '{count, plural, one {There is one more problem.} other {There are # more problems.}} Mend these first and look again.',
  'cli.error': 'Error:',
  'cli.note': 'Note:',
  'cli.bug':
    'plazcast has a bug: {detail}. What was sent is in the ledger; run send again to go on. Please report this.',
  'cli.unknown-option': 'Unknown option {option}.',
  'cli.unknown-option-suggestion': 'Unknown option {option}. Did you mean {suggestion}?',
  'cli.unknown-command': 'Unknown command "{command}". "plazcast --help" lists them.',
  'cli.unknown-command-suggestion': 'Unknown command "{command}". Did you mean "{suggestion}"?',
  'cli.no-command':
    'Say what to do, such as "plazcast check campaigns/welcome". "plazcast --help" lists the commands.',
  'cli.campaign-twice': 'Two of the campaigns are called "{name}". Give each its own name.',
  'cli.bad-number': '{option} takes a whole number from {min}, not "{value}".',
  'cli.bad-number-between': '{option} takes a whole number from {min} to {max}, not "{value}".',
  'cli.bad-rate':
    '{option} takes a rate such as 20/s, 1200/min or 5000/h, between 1/h and 100000/s, not "{value}".',
  'cli.bad-choice': '{option} takes one of {choices}, not "{value}".',
  'cli.rejected-unwritable':
    'The list of rejected rows {path} cannot be written ({detail}). Nothing was sent. Make the folder writable, then try again.',
  'cli.stdout-unwritable':
    'The output cannot be written ({detail}), so it is not complete. Make room, or send it somewhere else, then try again.',
  'cli.ambiguous-campaign':
    'The ledger knows "{name}" from several workspaces. Set PLAZBOT_WORKSPACE_ID to choose one, or give --sandbox.',
  'recipients.changed-meanwhile':
    'The recipients file was changed while it was being read. Nothing was sent. Save it, close it in the spreadsheet, and run the command again.',
  'environment.characters':
    '{name} has a character that cannot be sent (a space, a line break or an accent). Copy it again.',
  'environment.unreadable':
    'The file cannot be read ({detail}). Make it readable for you alone ("chmod 600 .env"), or move it away.',
  'environment.certificates-unchecked':
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set, so certificates are not checked and whoever answers in the name of the provider would get your credentials. Unset it. For a proxy with a certificate of its own, give that in NODE_EXTRA_CA_CERTS.',
  'environment.no-workspace':
    'PLAZBOT_WORKSPACE_ID is not set. Put it into the environment or into a file .env in this folder, or try with --sandbox.',
  'environment.no-state-folder':
    'There is no home folder in which plazcast could remember which ledger sent what. Name a folder of yours in PLAZCAST_STATE_DIR and keep to it.',
  'host.untrusted':
    'Your credentials would go to {host}, which is no host of the provider and was named by {by, select, campaign {the campaign file} dotenv {.env} environment {the environment} option {--base-url} other {the settings}}. Nothing was sent. If you know that host, add {option} once; if not, somebody else wrote it there.',
  'host.question':
    '{host} is no host of the provider; it was named by {by, select, campaign {the campaign file} dotenv {.env} environment {the environment} option {--base-url} other {the settings}}. May your credentials go there, now and later?',
  'host.memory-damaged':
    'The list of trusted hosts {file} cannot be understood. Nothing was sent. Delete that file and confirm your hosts again.',
  'environment.base-url': 'The address comes from {name}.',
  'plan.read-as':
    'Read as {encoding}, cells separated by {word, select, comma {commas} semicolon {semicolons} tab {tabs} pipe {vertical bars} other {"{delimiter}"}}, phone numbers from "{column}".',
  'plan.through': 'Goes through {host} as workspace {workspace}.',
  'plan.through-sandbox': 'Goes to the sandbox on this machine: nobody gets anything.',
  'plan.to-send': 'to send now',
  'plan.accepted': 'accepted already, not sent again',
  'plan.refused': 'refused earlier ("plazcast retry" sends them again)',
  'plan.exhausted': 'gave up earlier ("plazcast retry" sends them again)',
  'plan.uncertain.auto':
    'uncertain, looked up in the provider’s list: they go out only if proven absent and not taken out since',
  'plan.uncertain.ask':
    'uncertain, looked up in the provider’s list: they go out only if proven absent and you say yes',
  'plan.uncertain.never':
    'uncertain, looked up in the provider’s list: not sent again (uncertain.resend: never)',
  'plan.skipped.duplicate': 'repeat a person from earlier in the file',
  'plan.skipped.suppressed': 'on the do-not-contact list',
  'plan.skipped.capped': 'got enough messages lately (limits.perRecipient)',
  'plan.skipped.canceled': 'canceled',
  'plan.skipped.forgotten': 'forgotten at their wish or for their age',
  'plan.skipped.removed': 'no longer in the file',
  'plan.changed': 'accepted already, but with other values: not sent again',
  'plan.repaired': 'have a value that was repaired (fixValues)',
  'plan.rejected': 'cannot be sent (rejected)',
  'plan.first-rejected': '{count, plural, one {# row} other {# rows}} cannot be sent. The first:',
  'plan.line': 'line {line}',
  'plan.rejected-file': 'All of them, to mend and send again: {path}',
  'plan.first-messages': 'The first messages, as they would go out:',
  'plan.finish':
    'At {rate} per {unit, select, hour {hour} minute {minute} other {second}} it would be finished {finish}.',
  'plan.never': 'With this schedule and these limits it would never be finished.',
  'plan.cost':
    'Estimated cost as {category}: {amount} for {people, plural, one {# person} other {# people}}.',
  'plan.cost-country': '{country}: {people, number} × {price} = {amount}',
  'plan.cost-more': '{count, plural, one {# more country} other {# more countries}} (--json lists them all)',
  'plan.unpriced':
    'The rate card has no price for {country} ({people, plural, one {# person} other {# people}}).',
  'warning.country-share':
    '{percent}% of the people are in {country}, but the campaign says {expected}. Is recipients.country right?',
  'warning.many-landlines':
    '{percent}% of the rows ({count, number}) have a landline in "{column}". Is another column the mobile number?',
  'warning.control':
    'To settle uncertain messages, one test message with the values of the first row may go to {phone} (uncertain.control).',
  'warning.control-never':
    'No test message goes to uncertain.control, because the campaign says resend: never: nothing would be sent again.',
  'warning.same-campaign-name':
    'Campaign "{other}" uses the same campaignName "{campaignName}": the provider cannot tell the two apart.',
  'warning.same-message':
    '{more, select, yes {At least } other {}}{people, plural, one {# person} other {# people}} got this very message from campaign "{other}" in the last 7 days.',
  'send.question':
    'Send {count, plural, one {# message} other {# messages}} now through {host} as workspace {workspace}?',
  'send.question-sandbox': 'Send {count, plural, one {# message} other {# messages}} to the sandbox now?',
  'check.refused': '"plazcast send" would send nothing:',
  'check.next':
    'Nothing was sent. {count, plural, one {# message} other {# messages}} would go out with: {command}',
  'send.declined':
    'Nothing was sent. {count, plural, one {# message stays} other {# messages stay}} to send: the next send takes {count, plural, one {it} other {them}}.',
  'send.nothing': 'Nothing to send in {campaign}.',
  'send.recovered':
    '{count, plural, one {# message was} other {# messages were}} in flight when an earlier run died: uncertain until settled.',
  'send.sandbox': 'Sandbox: nothing leaves this machine.',
  'send.stopping':
    '{count, plural, =0 {Stopping: nothing is in flight.} other {Stopping: no new messages; waiting for # in flight. Press Ctrl-C again to stop at once.}}',
  'send.stopped-hard':
    'Stopped at once: {count, plural, =0 {no message was} one {# message was} other {# messages were}} in flight and {count, plural, one {is} other {are}} uncertain now.',
  'send.interrupted': 'Interrupted. Run send again to continue.',
  'send.halted': 'Stopped with work left:',
  'send.limit': 'The limit of this run is reached; {pending, number} are still to send.',
  'send.detached': 'The run goes on by itself as process {pid}, whatever becomes of this terminal.',
  'send.detached-log': 'What it says stands in {path}',
  'send.detached-look': 'To look at it: {command}. To end it in order: kill {pid}.',
  'send.detached-ended': 'The run ended before it went on by itself. It said:',
  'send.detached-changed':
    '{count, plural, one {# message} other {# messages}} would go out now, but {confirmed, number} {confirmed, plural, one {was} other {were}} confirmed. Nothing was sent. Run send again.',
  'send.detach-dry-run':
    '--detach and --dry-run do not go together: with --dry-run nothing is sent. Leave one of them out.',
  'send.summary':
    '{accepted, number} accepted, {refused, number} refused, {exhausted, number} given up, {uncertain, number} uncertain, {skipped, number} skipped, {rejected, number} rejected, {pending, number} still to send.',
  'send.skipped': 'Skipped: {what}.',
  'send.run': 'This run: {sent, plural, one {# request} other {# requests}} in {duration}.',
  'send.next-rejected':
    'Mend the rejected rows in {path}, put them into the recipients file, and run send again.',
  'send.next-refused':
    'Why people were refused: plazcast status {name}. To try them again: plazcast retry {name}.',
  'send.next-uncertain': 'To settle the uncertain ones: plazcast reconcile {name}.',
  'send.next-report': 'For a report: plazcast report {name}.',
  'progress.line':
    '{done, number} of {total, number} · accepted {accepted, number} · refused {refused, number} · uncertain {uncertain, number} · {rate}/s · {left}',
  'progress.left': '{time} left',
  'progress.waiting': 'waiting: {what}',
  'progress.last-error': 'last problem: {text}',
  'progress.rate': '{rate}/s of {limit}/s',
  'progress.reading':
    'reading the provider’s list for {uncertain, plural, one {# uncertain person} other {# uncertain people}}: page {pages, number}, {records, number} records',
  'progress.reading-list': 'reading the provider’s list: page {pages, number}, {records, number} records',
  'status.header': 'Campaign {name} ({template})',
  'status.running': 'Running: process {pid} on {host}, since {since}.',
  'status.not-running': 'Not running.',
  'status.last-run': 'Last run: {since}, took {duration}, at most {rate} per second.',
  'status.halted': 'Stopped because: {why}',
  'status.waiting': 'Waiting: {why}',
  'status.paused': 'Paused: "plazcast resume {name}" goes on.',
  'status.canceled': 'Canceled: "plazcast resume {name}" takes it up again.',
  'status.next-due': 'The next can go out {at}.',
  'status.capped':
    '{count, plural, one {# person has} other {# people have}} had enough messages lately (limits.perRecipient); the first may get one again {at}: run send then.',
  'status.next': 'Next: {command}',
  'status.none': 'nothing to do',
  'status.reason': '{count, number} × {status}: {reason}{code}',
  'report.written': 'Report: {path}',
  'sandbox.listening': 'Sandbox at {url}. Stop it with Ctrl-C.',
  'sandbox.use': 'Use it with PLAZBOT_BASE_URL={url} and any PLAZBOT_WORKSPACE_ID.',
  'control.paused': 'Campaign {name} is paused. A run that is going on stops sending within two seconds.',
  'control.resumed': 'Campaign {name} goes on.',
  'control.canceled':
    'Campaign {name} is canceled: {count, plural, one {# message} other {# messages}} will not be sent.',
  'status.word.pending': 'to send',
  'status.word.sending': 'in flight',
  'status.word.accepted': 'accepted',
  'status.word.refused': 'refused',
  'status.word.exhausted': 'given up',
  'status.word.uncertain': 'uncertain',
  'status.word.skipped': 'skipped',
  'status.word.rejected': 'rejected',
  'suppress.too-large':
    'This do-not-contact file is larger than {megabytes, number} MB. Take it in once with "plazcast suppress import", and delete it from the campaign file.',
  'suppress.too-many':
    'The do-not-contact files of this campaign name more than {most, number} people. Take them in once with "plazcast suppress import FILE", and delete "suppress" from the campaign file.',
  'suppress.unreadable':
    '{count, plural, one {# row holds} other {# rows hold}} no phone number that can be read: somebody may be missing from this do-not-contact list.',
  'init.written': 'Written: {path}',
  'init.next': 'Next: edit {folder}/campaign.yaml, then run plazcast check {folder}',
  'init.exists':
    '{path} exists already and is not overwritten. Choose another folder, or move the file away.',
  'init.unwritable': 'The folder {folder} cannot be written ({detail}). Choose another folder.',
  'init.ask-template': 'Name of the approved template',
  'init.ask-type': 'Kind of message',
  'init.type-campaign': 'campaign: one message to many people',
  'init.type-individual': 'individual: without a campaign name',
  'init.type-api': 'api: grouped by campaign name, from a system',
  'init.ask-country': 'Country of numbers without a country code (two letters)',
  'init.country-wrong': 'Two letters, such as PE, MX or CO.',
  'init.ask-phone': 'Column with the phone numbers',
  'init.ask-body': 'Columns that fill the variables 1, 2, 3 … of the text, in the order of the file',
  'init.phone-column': 'Phone numbers: column "{column}".',
  'init.no-phone-column':
    '{count, plural, =0 {No column looks like the phone number.} other {Several columns look like the phone number: {columns}.}} Name it under recipients.phone in {file}.',
  'cli.not-in-workspace':
    'The ledger knows "{name}", but not from this workspace. Leave out --sandbox, or set PLAZBOT_WORKSPACE_ID to the right one.',
} as const;
