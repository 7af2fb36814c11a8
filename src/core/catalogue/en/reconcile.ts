/** English sentences: settling uncertain deliveries, the audit, retry. Places are ICU MessageFormat. */
export const reconcileEn = {
  'reconcile.left.settling':
    'The settle time ends at {until}: until then the message may still appear in the list. Run reconcile again after that.',
  'reconcile.left.no-control':
    'Nothing was accepted for this workspace after it, so the list cannot be checked. Send a message to yourself with "plazcast test", then run reconcile again.',
  'reconcile.left.control-missing':
    '{count, plural, one {# accepted message} other {# accepted messages}} from around the same time (the first from {since}) {count, plural, one {is} other {are}} not in the list either, so the list proves nothing. Run reconcile again later.',
  'reconcile.left.list-incomplete': 'The list was not read to its end. Run reconcile again.',
  'reconcile.left.list-too-short':
    'The list has no record that is older than this message, so it may not reach back so far, and proves nothing. If you know better, use reconcile --declare.',
  'reconcile.left.ambiguous':
    'The list has a message that fits this one and another one to the same person equally well, so it does not tell which of them went out. If you know, say so: reconcile {options} --declare accepted (or absent) --note "how you know".',
  'reconcile.left.claimed':
    'The list has a message that fits, but it belongs to another message to the same person. If you know better, use reconcile --declare.',
  'reconcile.left.unclear':
    'The list has a message that may be this one, but it cannot be read well enough to tell. If you know better, use reconcile --declare.',
  'reconcile.left.proven-absent':
    'The list proves that it was never sent. To send it, run reconcile --resend-absent.',
  'reconcile.left.proven-absent-never':
    'The list proves that it was never sent, but the campaign says uncertain.resend: never. To send it, change that, or use reconcile --declare absent.',
  'reconcile.left.not-scanned': 'The list has not been read for it yet. Run reconcile.',
  'reconcile.scan.token-repeated':
    'The list goes in circles: page {page} points to a page that was read before. What was found so far is kept, but nothing can be proven absent.',
  'reconcile.scan.nothing-new':
    'The list brought nothing new on {pages} pages running, up to page {page}. What was found so far is kept, but nothing can be proven absent.',
  'reconcile.scan.interrupted':
    'The reading of the list was interrupted on page {page}. Run reconcile again: it goes on from there.',
  'declare.no-delivery': 'There is nobody with the phone {phone} in the campaign "{campaign}".',
  'declare.not-uncertain':
    '{phone} has no uncertain message in the campaign "{campaign}": it is {status}. Only uncertain ones can be declared.',
  'declare.several':
    '{phone} has several uncertain messages in the campaign "{campaign}". Say with --key which one you mean. They are, key (line): {messages}.',
  'declare.no-key':
    '{phone} has no message with the key "{key}" in the campaign "{campaign}". There are, key (line): {messages}.',
  'declare.key-not-uncertain':
    'The message to {phone} with the key "{key}" in the campaign "{campaign}" is {status}. Only uncertain ones can be declared.',
  'declare.no-note': 'Say with --note how you know it: the note is kept as the evidence.',
  'audit.missing': 'Accepted at {at}, but not in the list.',
  'audit.twice': 'In the list more than once; this record is one too many.',
  'audit.unknown': 'In the list under this template and campaign name, but not sent from this ledger.',
  'audit.unknown-status': 'In the list, but {status} in this ledger.',
  'audit.held':
    'In the list, but still to send in this ledger: uncertain now, so that no send repeats it. Run reconcile to settle it by the list.',
  'audit.held-count':
    '{count, plural, one {# message that was still to send is} other {# messages that were still to send are}} in the list: uncertain now, so that no send repeats {count, plural, one {it} other {them}}. Run reconcile to settle {count, plural, one {it} other {them}}.',
  'reconcile.left.listed-before':
    'The list showed it once, but does not any more. It is not sent again. If you know better, use reconcile --declare.',
  'audit.failed': 'Accepted, but the list says that it failed: {summary}',
  'reconcile.nothing': 'Nothing is uncertain.',
  'reconcile.scanned':
    'The list was read: {pages, plural, one {# page} other {# pages}}, {records, plural, one {# record} other {# records}}.',
  'reconcile.summary':
    '{uncertain, number} uncertain: {accepted, number} found in the list, {provenAbsent, number} proven absent, {requeued, number} back to pending, {left, number} still uncertain.',
  'reconcile.failed':
    '{count, plural, one {# of those found failed} other {# of those found failed}} by the word of the list; they are not sent again.',
  'reconcile.ask-resend':
    '{count, plural, one {# message was} other {# messages were}} never sent, by the list. Send again?',
  'control.sending':
    'Nothing was accepted for this workspace after {count, plural, one {the uncertain message} other {the uncertain messages}}, so one test message goes to {phone} (uncertain.control).',
  'control.accepted': 'The test message was accepted: the list is read once more, to find it there.',
  'control.not-accepted':
    'The test message to {phone} was not accepted ({detail}). What is uncertain stays so for now.',
  'control.suppressed':
    '{phone} (uncertain.control) is on the do-not-contact list, so no test message goes there. "plazcast suppress remove {phone}" takes it off.',
  'reconcile.next-send': 'Next: {command}',
  'reconcile.other-workspace':
    'Campaign "{name}" was sent from another workspace. Set PLAZBOT_WORKSPACE_ID to that one.',
  'reconcile.declare-incomplete': 'Give --phone, --declare accepted or absent, and --note together.',
  'reconcile.declared-accepted':
    '{count, plural, one {# message is} other {# messages are}} accepted now, by your word.',
  'reconcile.declared-absent':
    '{count, plural, one {# message is} other {# messages are}} back to pending, by your word.',
  'audit.summary':
    '{accepted, number} accepted: {matched, number} in the list; {found, plural, =0 {nothing is off} one {# finding} other {# findings}}.',
  'retry.already-pending':
    '{count, plural, one {# message is} other {# messages are}} to send already: {command}',
  'retry.requeued':
    '{count, plural, =0 {Nobody fits: nothing to retry.} one {# message is pending again.} other {# messages are pending again.}}',
  'retry.left-out':
    '{count, plural, one {# message is} other {# messages are}} not sent again: {why, select, suppressed {on the do-not-contact list} removed {no longer in the recipients file} other {the campaign is canceled, and "plazcast resume" takes it up again}}.',
  'cli.bad-phone': '{option} takes a phone with country code, such as 51987654321, not "{value}".',
  'cli.bad-moment':
    '{option} takes a day or a moment, such as 2026-03-20 or 2026-03-20T09:00, not "{value}".',
  'audit.partial':
    '{accepted, number} accepted; the list was read only in part, so nothing is called missing. {found, plural, =0 {Nothing is off so far.} one {# finding so far.} other {# findings so far.}}',
} as const;
