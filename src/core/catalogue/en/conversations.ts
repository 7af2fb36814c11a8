/** English sentences: conversation lists and what is made of them. Places are ICU MessageFormat. */
export const conversationsEn = {
  'list.credentials.missing':
    '{variable} is not set. Put it into the environment or into the .env file in this folder.',
  'list.credentials.malformed':
    '{variable} has characters that a key cannot have, such as a space or a line break. Copy it again from the provider.',
  'list.credentials.refused':
    '{provider} refused the credentials (HTTP {status}, page {page}: {detail}). Check {variables}.',
  'list.unreachable':
    '{provider} cannot be reached at {host} ({detail}, page {page}). Check the connection and the base URL, then try again.',
  'list.not-found':
    '{provider} has no conversation list at {url} (HTTP {status}: {detail}). Check the base URL.',
  'list.redirect':
    '{provider} sends the request on to {location} (HTTP {status}). Redirects are not followed, because the credential would go with them. Give that address as the base URL if you trust it.',
  'list.throttled':
    '{provider} keeps asking for a slower pace (HTTP {status}, page {page}). Try again later.',
  'list.throttled-too-long':
    '{provider} asks to wait {minutes, plural, one {# minute} other {# minutes}} before page {page}. That is too long to wait here: try again later.',
  'list.server-error':
    '{provider} has a fault of its own (HTTP {status}, page {page}: {detail}). Try again later.',
  'list.refused': '{provider} refused to give page {page} (HTTP {status}: {detail}).',
  'list.not-json': 'Page {page} from {provider} is not JSON. It begins with "{start}". Check the base URL.',
  'list.too-large':
    'Page {page} from {provider} is larger than {most} MB. Ask for smaller pages (--limit, --per-page); where there is no such option, report it to the provider.',
  'list.too-deep':
    'Page {page} from {provider} has more than {most} objects within each other: it cannot be a list. Check the base URL, or report it to the provider.',
  'list.too-many-records':
    'Page {page} from {provider} has {count, number} records, more than the {most, number} that are taken at once. Ask for smaller pages (--limit, --per-page).',
  'list.id-too-long':
    'Page {page} from {provider}: record {record} has an id of more than {most} characters. Check the base URL, or report it to the provider.',
  'list.token-too-long':
    'Page {page} from {provider} points to the next one with more than {most, number} characters, which no server takes. Check the base URL, or report it to the provider.',
  'list.endless':
    'The list of {provider} goes on after {pages, number} pages with {records, number} records; no more are read in one go. Narrow it down, or go on from where it stopped.',
  'list.shape': 'Page {page} from {provider} has another shape than documented.',
  'list.field.missing':
    'Page {page} from {provider} has no field "{field}", without which the list cannot be read.',
  'list.field.wrong':
    'Page {page} from {provider} has a field "{field}" that holds {found}, which is not what is documented.',
  'list.unreadable':
    '{count, plural, one {# entry of the list is} other {# entries of the list are}} no record and {count, plural, one {was} other {were}} left out.',
  'list.nothing-usable':
    'The list of {provider} holds nothing that can be read: {count, plural, one {# entry} other {# entries}}, and no record.',
  'list.loop.position':
    'The list of {provider} goes in circles: page {page} points to a page that was read before. What was read so far is valid, but it may not be everything.',
  'list.loop.restarted':
    'The list of {provider} began again from the start on page {page}. What was read so far is valid, but it may not be everything.',
  'list.loop.nothing-new':
    'The list of {provider} brought nothing new on {pages, plural, one {# page} other {# pages running}}, up to page {page}. What was read so far is valid, but it may not be everything.',
  'list.incomplete':
    'The list was read only in part: {records, plural, one {# record} other {# records}} on {pages, plural, one {# page} other {# pages}}.',
  'list.incomplete.resume': 'To go on from there, add --{option} {value}',
  'list.interrupted': 'The reading was interrupted.',
  'list.waiting.throttled':
    '{provider} asks for a pause: going on with page {page} in {seconds, plural, one {# second} other {# seconds}}.',
  'list.waiting.retry':
    'Page {page} from {provider} failed: asking again in {seconds, plural, one {# second} other {# seconds}}.',
  'list.notice.status-filtered-here':
    'ChatbotX accepts --status but does not apply it. The whole list is read and filtered on this machine.',
  'list.notice.sort-ignored':
    'ChatbotX accepts --sort but does not apply it: the list comes in its own order.',
  'list.notice.archived-too':
    'ChatbotX hides archived conversations from a search for blocked ones, and blocked ones from a search for archived ones. A second request brings them.',
  'list.option.other-provider': '--{option} is an option of {owner}; {provider} has nothing like it.',
  'list.option.other-provider-use': '--{option} is an option of {owner}. For {provider} use --{use}.',
  'list.option.once': '--{option} takes one value, but was given several times.',
  'list.option.empty': '--{option} needs a value.',
  'list.option.integer': '--{option} must be a whole number from {least} upwards, not "{value}".',
  'list.option.boolean': '--{option} must be true or false, not "{value}".',
  'list.option.date': '--{option} must be a day such as 2026-01-31, not "{value}".',
  'list.option.choice': '--{option} does not know "{value}". Use one of: {choices}.',
  'list.option.object':
    '--{option} must be a JSON object such as \'{\'"operator":"and","conditions":[]\'}\', not "{value}".',
  'list.option.objects':
    '--{option} must be a JSON list of objects such as [\'{\'"field":"lastActivityAt"\'}\'], not "{value}".',
  'list.option.dates-both': 'Give either --date, or --date-from together with --date-to, not both.',
  'list.option.dates-pair': '--date-from and --date-to belong together: {missing} is missing.',
  'list.option.dates-order': '--date-from {from} is later than --date-to {to}.',
  'list.column.unknown':
    'There is no column "{column}". Choose among {columns}, or write raw. and a field of the provider, such as raw.contact.city.',
  'list.column.none': '--columns needs at least one column.',
  'list.describe.plazbot.continuation-token': 'start at this page token (Plazbot)',
  'list.describe.platica.limit': 'conversations per page, 50 unless told otherwise (Platica)',
  'list.describe.platica.offset': 'skip this many conversations (Platica)',
  'list.describe.platica.channel-id': 'only this channel, by its id (Platica)',
  'list.describe.platica.sort-by': 'order by this moment (Platica)',
  'list.describe.platica.sort-direction': 'oldest first or newest first (Platica)',
  'list.describe.platica.tags': 'only conversations with these tags, separated by commas (Platica)',
  'list.describe.platica.date': 'only this day, as 2026-01-31 (Platica)',
  'list.describe.platica.date-from': 'from this day on; needs --date-to (Platica)',
  'list.describe.platica.date-to': 'up to this day; needs --date-from (Platica)',
  'list.describe.chatbotx.bot-category': 'only conversations that a bot or a human handles (ChatbotX)',
  'list.describe.chatbotx.assigned-id':
    'only what is assigned to u_ID (a user), t_ID (a team) or unassigned (ChatbotX)',
  'list.describe.chatbotx.channel': 'only this channel (ChatbotX)',
  'list.describe.chatbotx.status':
    'only conversations with one of these statuses; filtered on this machine (ChatbotX)',
  'list.describe.chatbotx.keyword': 'only contacts with this text in their name (ChatbotX)',
  'list.describe.chatbotx.bot-enabled': 'only where the bot is on (true) or off (false) (ChatbotX)',
  'list.describe.chatbotx.tags':
    'only conversations with all of these marks; archived and blocked ones are hidden unless named here (ChatbotX)',
  'list.describe.chatbotx.contact-filter': 'filter on contact fields, as a JSON object (ChatbotX)',
  'list.describe.chatbotx.cursor': 'start at this cursor (ChatbotX)',
  'list.describe.chatbotx.per-page': 'conversations per page, 20 unless told otherwise (ChatbotX)',
  'list.describe.chatbotx.sort': 'order, as a JSON list of objects; ChatbotX ignores it',
  'audience.in': '{count, plural, one {# person} other {# people}} in the audience.',
  'audience.no-phone': '{count, plural, one {# conversation} other {# conversations}} without a phone',
  'audience.hash':
    '{count, plural, one {# conversation} other {# conversations}} with a hash in place of a phone',
  'audience.user-id':
    '{count, plural, one {# conversation} other {# conversations}} with a user id in place of a phone (the person hides the number)',
  'audience.phone.invalid':
    '{count, plural, one {# conversation} other {# conversations}} with a number that is no valid phone (--country tells the country of numbers without a code)',
  'audience.other-channel':
    '{count, plural, one {# conversation} other {# conversations}} on another channel than WhatsApp',
  'audience.spam': '{count, plural, one {# conversation} other {# conversations}} marked as spam',
  'audience.blocked': '{count, plural, one {# conversation} other {# conversations}} with a blocked contact',
  'audience.archived': '{count, plural, one {# conversation} other {# conversations}} archived',
  'audience.unsubscribed':
    '{count, plural, one {# conversation} other {# conversations}} with a contact who takes no broadcasts',
  'audience.untold':
    '{count, plural, one {# conversation} other {# conversations}} whose record does not tell whether the contact is blocked, spam or takes broadcasts',
  'audience.window-open':
    '{count, plural, one {# conversation} other {# conversations}} with an open 24-hour window',
  'audience.duplicate':
    '{count, plural, one {# further conversation} other {# further conversations}} of people who are in already',
  'suppression.blocked': 'Blocked in {provider}',
  'suppression.spam': 'Marked as spam in {provider}',
} as const;
