/** English sentences: reports, and advice on what did not go through. Places are ICU MessageFormat. */
export const reportEn = {
  'report.target-is-folder': '{path} is a folder. Give the name of a file in it with -o.',
  'report.folder-missing': 'The folder {folder} does not exist. Create it, or give another file with -o.',
  'report.not-writable':
    '{path} cannot be written: the folder is read-only ({code}). Give another file with -o.',
  'report.file-in-use': '{path} is open in another program ({code}). Close it there, then try again.',
  'report.disk-full': 'The disk is full ({code}): {path} was not written. Make room, then try again.',
  'report.write-failed':
    '{path} could not be written ({code}). Check the disk, or give another file with -o.',

  'report.title': 'Campaign report: {name}',
  'report.skip': 'Skip to the results',
  'report.footer': 'Made by plazcast. All times are in {zone}.',
  'report.numbers': 'Show the numbers',
  'report.minutes': '{count, plural, one {# minute} other {# minutes}}',
  'report.hours': '{count, plural, one {# hour} other {# hours}}',
  'report.days': '{count, plural, one {# day} other {# days}}',
  'report.header.kind': 'Campaign report',
  'report.header.template': 'Template',
  'report.header.campaign-name': 'Campaign name',
  'report.header.workspace': 'Workspace',
  'report.header.started': 'Started',
  'report.header.as-of': 'As of',

  'report.overview.title': 'Overview',
  'report.overview.lead':
    '{count, plural, one {{accepted} of {recipients} recipient was accepted for sending: {share}.} other {{accepted} of {recipients} recipients were accepted for sending: {share}.}}',
  'report.overview.lead-empty': 'This campaign has no recipients yet.',
  'report.overview.chart': 'Bar of all rows by outcome: {list}.',
  'report.overview.accepted-note':
    'Accepted means that the provider took the message. It does not say that the person received or read it.',
  'report.figure.accepted': 'Accepted',
  'report.figure.accepted-hint': 'taken by the provider',
  'report.figure.refused': 'Refused',
  'report.figure.refused-hint': 'by WhatsApp or the provider',
  'report.figure.uncertain': 'Uncertain',
  'report.figure.uncertain-hint': 'sent, but without a clear answer',
  'report.figure.waiting': 'Not sent yet',
  'report.figure.waiting-hint': 'still to be sent',
  'report.figure.skipped': 'Skipped',
  'report.figure.skipped-hint': 'left out on purpose',
  'report.figure.rejected': 'Rejected rows',
  'report.figure.rejected-hint': 'rows of the file that cannot be sent',

  'report.todo.title': 'What to do next',
  'report.todo.nothing': 'Nothing is left to do: every recipient was accepted or skipped on purpose.',
  'report.todo.send':
    '{count, plural, one {{shown} recipient is still to be sent} other {{shown} recipients are still to be sent}}: run “plazcast send” for the campaign again.',
  'report.todo.reconcile':
    '{count, plural, one {For {shown} recipient it is not known whether the message went out} other {For {shown} recipients it is not known whether the message went out}}: run “plazcast reconcile {campaign}”.',
  'report.todo.retry':
    '{count, plural, one {{shown} recipient was refused} other {{shown} recipients were refused}}: see the reasons below. Where the cause is mended, run “plazcast retry {campaign}”.',
  'report.todo.rejected':
    '{count, plural, one {{shown} row of the recipients file cannot be sent: correct it} other {{shown} rows of the recipients file cannot be sent: correct them}} in rejected.csv and send that file.',

  'report.results.title': 'Cost and replies',
  'report.cost.label': 'Estimated cost as {category}',
  'report.cost.people':
    '{count, plural, one {for {shown} accepted recipient} other {for {shown} accepted recipients}}',
  'report.cost.note':
    'The cost is an estimate from the rate card of the campaign. WhatsApp charges for delivered messages.',
  'report.replies.label': 'Reply rate',
  'report.replies.of':
    '{count, plural, one {{replied} of {accepted} accepted recipient replied} other {{replied} of {accepted} accepted recipients replied}}',
  'report.replies.estimate':
    'Replies are an estimate: the conversation list tells when something was last written, not always by whom.',

  'report.timeline.title': 'Over time',
  'report.timeline.intro': 'Sends per minute, by what was answered. Times are in {zone}.',
  'report.timeline.intro-folded':
    'Sends per minute, by what was answered: each bar is the average of {step}. Times are in {zone}.',
  'report.timeline.empty': 'Nothing was sent yet.',
  'report.timeline.chart':
    'Bars of sends per minute from {from} to {to}: {accepted} accepted, {refused} refused, {uncertain} uncertain. Busiest at {peakAt} with {peak} accepted per minute. {pauses, plural, =0 {No pauses.} one {# pause.} other {# pauses.}}',
  'report.timeline.limit': 'Limit: {rate} per minute',
  'report.timeline.limit-above': 'Limit: {rate} per minute, above the top of this chart',
  'report.timeline.pause': 'Pause',
  'report.timeline.deferred': 'Put off',
  'report.timeline.from': 'From',
  'report.timeline.to': 'To',
  'report.timeline.why': 'Why',
  'report.timeline.caption': 'Number of sends in each {step} in which something was sent',
  'report.timeline.pauses': '{count, plural, one {Show # pause} other {Show # pauses}}',
  'report.timeline.pauses-caption': 'Pauses between the first and the last send',
  'report.pause.waiting': 'The run waited: a sending window, a limit, or the provider asked for it.',
  'report.pause.halted': 'The run had stopped.',
  'report.pause.stopped': 'No run was going on.',
  'report.runs.title': '{count, plural, one {Show # run} other {Show # runs}}',
  'report.runs.caption': 'Runs of this campaign',
  'report.runs.started': 'Started',
  'report.runs.ended': 'Ended',
  'report.runs.limit': 'Limit',
  'report.runs.per-minute': '{rate} per minute',
  'report.runs.result': 'How it ended',
  'report.runs.finished': 'Came to its end.',
  'report.runs.open': 'Still going on, or broken off.',

  'report.reasons.title': 'Why messages did not go out',
  'report.reasons.intro': 'The most frequent reason first, with what you can do about it.',
  'report.reasons.none': 'Every message went out: there is nothing to explain.',
  'report.reasons.more':
    '{count, plural, one {# rarer reason is left out} other {# rarer reasons are left out}} ({people} recipients). The CSV report lists them all.',
  'report.reasons.said': 'The provider said:',

  'report.countries.title': 'By country',
  'report.countries.largest':
    'The {shown} countries with the most recipients; {count, plural, one {# more is} other {# more are}} in the table.',
  'report.countries.country': 'Country',
  'report.countries.unknown': 'Unknown country',
  'report.countries.recipients': 'Recipients',
  'report.countries.other': 'Skipped or not sent yet',
  'report.countries.share': 'Share accepted',
  'report.countries.caption': 'Recipients by the country of their phone number',
  'report.countries.chart': 'Bars of recipients by country: {list}.',

  'report.delivery.title': 'Attempts and speed',
  'report.attempts.title': 'Attempts per recipient',
  'report.attempts.attempts': 'Attempts',
  'report.attempts.deliveries': 'Recipients',
  'report.attempts.bar': '{attempts} attempts: {deliveries} recipients',
  'report.attempts.caption': 'How many recipients took how many attempts',
  'report.attempts.chart': 'Bars of recipients by number of attempts. {list}.',
  'report.latency.title': 'Time to answer',
  'report.latency.intro': 'How long the provider took to answer a request.',
  'report.latency.share': '{share} answered within',

  'report.rejections.title': 'Rejected rows',
  'report.rejections.intro':
    'These rows of the recipients file could not be sent. All of them stand in rejected.csv beside the campaign file: correct them there and send that file.',
  'report.rejections.line': 'Line',
  'report.rejections.phone': 'Phone as typed',
  'report.rejections.reason': 'Reason',
  'report.rejections.column': 'Column',
  'report.rejections.value': 'Value',
  'report.rejections.caption': 'Rows of the recipients file that could not be sent',
  'report.rejections.first': '{count, plural, other {The first {shown} of {all} rows.}}',

  'report.repaired.title': 'Repaired values',
  'report.repaired.intro':
    'White space in these values was repaired (“fixValues: true”), so they differ from the recipients file: line breaks and tabs became one space, and so did more than four spaces in a row. The CSV report names all of them in its last column.',
  'report.repaired.phone': 'Phone',
  'report.repaired.variables': 'Repaired',
  'report.repaired.caption': 'Rows of the recipients file with repaired values',

  'report.status.accepted': 'Accepted',
  'report.status.refused': 'Refused',
  'report.status.exhausted': 'Given up',
  'report.status.uncertain': 'Uncertain',
  'report.status.skipped': 'Skipped',
  'report.status.pending': 'Not sent yet',
  'report.status.sending': 'On its way',
  'report.status.rejected': 'Rejected',

  'report.reason.not-on-whatsapp': 'The number cannot get WhatsApp messages',
  'report.reason.not-reachable': 'WhatsApp does not deliver to this person',
  'report.reason.opted-out': 'The person does not want marketing messages',
  'report.reason.not-now': 'WhatsApp holds back marketing to this person for now',
  'report.reason.row-data': 'The values of the row do not fit the template',
  'report.reason.refused': 'Refused by the provider',
  'report.reason.no-answer': 'No answer came back',
  'report.reason.unclear-answer': 'The answer does not tell whether the message went out',
  'report.reason.run-died': 'The run broke off while the message was on its way',
  'report.reason.in-list':
    'An audit found it in the provider’s list, although it was not sent from this ledger',
  'report.reason.attempts-used-up': 'All attempts are used up',
  'report.reason.deferred': 'The provider asked to try again later',
  'report.reason.suppressed': 'On the do-not-contact list',
  'report.reason.duplicate': 'The same person stands earlier in the file',
  'report.reason.capped': 'The person got enough messages lately',
  'report.reason.canceled': 'The campaign was canceled',
  'report.reason.forgotten': 'Forgotten: the data of this person were erased',
  'report.reason.removed': 'The row is gone from the file',
  'report.reason.phone.missing': 'No phone number',
  'report.reason.phone.invalid': 'Not a valid phone number',
  'report.reason.phone.scientific': 'A spreadsheet destroyed the digits of the number',
  'report.reason.phone.landline': 'A landline',
  'report.reason.phone.multiple': 'More than one number in the cell',
  'report.reason.variable.empty': 'A value is empty',
  'report.reason.variable.newline': 'A value has a line break',
  'report.reason.variable.tab': 'A value has a tab',
  'report.reason.variable.spaces': 'A value has more than four spaces in a row',
  'report.reason.variable.too-long': 'A value is too long',
  'report.reason.variable.address': 'The address of the attachment cannot be opened by WhatsApp',
  'report.reason.variable.unresolved': 'A value could not be filled in',
  'report.reason.columns.mismatch': 'The row has more or fewer cells than the header',
  'report.reason.encoding.damaged': 'Accents of the row are damaged',

  'report.advice.nothing': 'Nothing to do.',
  'report.advice.pending': 'Run “plazcast send” again: it goes on with these recipients.',
  'report.advice.uncertain':
    'Do not send again by hand: some may have got it. Run “plazcast reconcile”: it looks in the provider’s list for what went out.',
  'report.advice.exhausted': 'The provider was busy each time. Wait an hour, then run “plazcast retry”.',
  'report.advice.refused': 'Read what the provider said. When the cause is mended, run “plazcast retry”.',
  'report.advice.template':
    'Something is wrong with the template. Check its name, language and approval in WhatsApp Manager, then send again.',
  'report.advice.account':
    'Something is wrong with the WhatsApp account. Check its status, payment method and permissions in WhatsApp Manager, then send again.',
  'report.advice.not-on-whatsapp':
    'Check the number for typing mistakes. If it is right, the person has no WhatsApp or an old version of it: reach them in another way.',
  'report.advice.not-reachable':
    'WhatsApp does not allow this message to this number. Reach the person in another way.',
  'report.advice.own-number': 'This is the number that you send from. Take it out of the list.',
  'report.advice.test-number':
    'The account sends from a test number, which only writes to numbers on its list. Add the person there, or send from a real number.',
  'report.advice.no-template':
    'WhatsApp took the message for a free text outside the 24-hour window. Check with the provider that the template was used.',
  'report.advice.country':
    'Your business account may not write to people in this country. Take these people out, or ask WhatsApp support.',
  'report.advice.experiment':
    'WhatsApp keeps a small share of people free of marketing as an experiment. Nothing helps but to write to them in another way.',
  'report.advice.not-now':
    'The person has had much marketing from businesses lately. Wait at least 24 hours, then run “plazcast retry”. Trying sooner makes it worse.',
  'report.advice.opted-out':
    'Respect it: do not write to this person again. The number is on the do-not-contact list now.',
  'report.advice.row-data':
    'Compare the values of these rows with the variables of the template, correct them, then run “plazcast retry”.',
  'report.advice.parameter':
    'A value is missing or has the wrong form. Compare the variables of the campaign file with the template, name by name.',
  'report.advice.variable-count':
    'The campaign fills more or fewer variables than the template has. Correct “variables” in the campaign file, then run “plazcast retry”.',
  'report.advice.variable-format':
    'A value has not the form that the template asks for (a date, an amount, a line break). Correct it, then run “plazcast retry”.',
  'report.advice.too-long':
    'The filled text is longer than WhatsApp allows. Shorten the values, then run “plazcast retry”.',
  'report.advice.attachment':
    'WhatsApp could not take the attachment. Check that its address opens without a login, and its kind and size (image 5 MB, video 16 MB, document 100 MB).',
  'report.advice.suppressed': 'Nothing to do: the do-not-contact list keeps this person out.',
  'report.advice.duplicate': 'Nothing to do: each person gets the campaign once.',
  'report.advice.capped':
    'Send again when the time of “limits.perRecipient” has passed, if they should still get it.',
  'report.advice.canceled': 'Nothing to do: someone canceled the campaign with “plazcast cancel”.',
  'report.advice.removed':
    'Nothing to do, if the row was taken out on purpose. Else put it back into the recipients file and run “plazcast send”.',
  'report.advice.rejected': 'Correct the rows in rejected.csv and send that file.',
  'report.advice.rejected-phone':
    'Correct the numbers in rejected.csv: one number per cell, with the country code. Format the column as text first, so that the spreadsheet keeps the digits.',
  'report.advice.rejected-variable':
    'Correct the values in rejected.csv, or let “fixValues: true” repair white space. An empty value can get a default in the campaign file.',
  'report.advice.rejected-columns':
    'Look for a stray separator or quote in these rows, and correct them in rejected.csv.',
  'report.advice.rejected-encoding': 'Save the file from the spreadsheet again as “CSV UTF-8”, then send it.',
} as const;
