/** English sentences: the campaign file, rate cards, and addresses. Places are ICU MessageFormat. */
export const campaignEn = {
  'campaign.not-found':
    'There is no campaign at {path}. Give a folder with a campaign.yaml, or a YAML file; "plazcast init FOLDER" makes a new one.',
  'campaign.folder-without-file':
    'The folder {folder} has no campaign.yaml. "plazcast init {folder}" writes one.',
  'campaign.unreadable':
    'The campaign file {path} cannot be read ({detail}). Check that it may be read by you.',
  'campaign.too-large':
    'The file is larger than 1 MB: this is no campaign file. Recipients belong in a CSV file.',
  'campaign.too-much':
    'The file has more than {most, number} words and signs: this is no campaign file. Recipients belong in a CSV file.',
  'campaign.too-deep':
    'More than {most} sections stand within each other here: this is no campaign file. Check quotes, brackets and indentation.',
  'campaign.too-long':
    '"{key}" has {found, number} characters; at most {most, number} are possible. Make it shorter.',
  'campaign.not-utf8': 'The campaign file is not UTF-8 text. Save it as UTF-8 in your editor.',
  'campaign.empty': 'The campaign file is empty. "plazcast init FOLDER" writes one to begin with.',
  'campaign.not-a-campaign':
    'This is no campaign file: it must consist of lines such as "name: spring-sale" and "template: spring_sale_es".',

  'campaign.yaml-duplicate': 'The key "{key}" stands here for the second time. Keep one of them.',
  'campaign.yaml-tab': 'A tab indents this line. Use spaces: YAML does not allow tabs there.',
  'campaign.yaml-indent':
    'The indentation does not fit. Lines that belong together must begin in the same column, and a bracket must be closed.',
  'campaign.yaml-colon':
    'There is a second colon here. Put the value in quotes; if the next line is meant, begin it in the same column as this one.',
  'campaign.yaml-bracket': 'A bracket before this place is not closed.',
  'campaign.yaml-unclosed': 'A quote or bracket is opened and not closed.',
  'campaign.yaml-needs-quotes': 'A value cannot begin with this character. Put the value in quotes.',
  'campaign.yaml-backslash': 'Inside double quotes a backslash has a meaning of its own. Use single quotes.',
  'campaign.yaml-several-documents':
    'A campaign file holds one campaign. Remove the line "---" and what follows it.',
  'campaign.yaml-liquid-quotes':
    'Put the value in quotes. Without them YAML takes the two braces of Liquid for its own.',
  'campaign.yaml-alias': 'Aliases (*name) are not supported in a campaign file. Write the value out.',
  'campaign.yaml-syntax':
    'The YAML cannot be read here. Check quotes, colons and indentation of this line and the one before.',

  'campaign.unknown-key': 'There is no key "{key}". Known here: {keys}.',
  'campaign.unknown-key-meant': 'There is no key "{key}". Did you mean "{meant}"?',
  'campaign.credential':
    'Credentials do not belong in a campaign file. Delete the line "{key}" and put {variable}=… into the environment or into .env.',
  'campaign.section': '"{key}" needs lines below it. Known there: {keys}.',
  'campaign.missing': '"{key}" is missing. Add a line such as: {line}',
  'campaign.no-value': '"{key}" has no value. Write one, such as {example}, or delete the line.',
  'campaign.one-value': '"{key}" takes one value, such as {example}.',
  'campaign.one-value-or-list': '"{key}" takes a value or a list of values, such as {example}.',

  'campaign.name':
    '"{value}" cannot be a name: it is the identity in the ledger and takes lower-case letters, digits and single dashes. Write: {proposal}',
  'campaign.choice': '"{value}" is not possible here. Write one of: {choices}.',
  'campaign.integer': '"{value}" is not possible here. Write a whole number from {min} to {max}.',
  'campaign.percentage':
    '"{value}" is not possible here. Write a percentage from {min}% to {max}%, such as 20%.',
  'campaign.rate': '"{value}" is no rate. Write {example}, or N/min or N/h, with N greater than 0.',
  'campaign.rate-out-of-range':
    'The rate "{value}" is not possible. Write one between 1/h and {fastest}/s, such as 20/s.',
  'campaign.duration':
    '"{value}" is no duration. Write a number with s, m, h or d, such as 60s, 10m, 2h or 7d.',
  'campaign.duration-out-of-range': '"{value}" is not possible here. Write a duration from {min} to {max}.',
  'campaign.recipient-limit':
    '"{value}" is no limit per person. Write a number from 1 to 1000 and a time of at most 366d, such as 1 per 7d.',
  'campaign.window': '"{value}" is no window. Write two times of the day, such as 09:00-20:00.',
  'campaign.window-never-opens':
    'The window "{value}" begins and ends at the same time, so it never opens. Write 00:00-24:00 for the whole day.',
  'campaign.window-never-opens-in':
    'This window never opens: {country} has {zones} time zones, and it must hold in all of them at once. Make it longer, or name one zone under "timezone".',
  'campaign.days':
    '"{value}" names no days. Write mon, tue, wed, thu, fri, sat or sun; ranges such as mon-sat and lists are possible.',
  'campaign.moment':
    '"{value}" is no local date and time. Write it as 2026-03-21T09:00, without a zone: "timezone" says where.',
  'campaign.timezone': '"{value}" is no time zone. Write recipient, or an IANA name such as America/Lima.',
  'campaign.timezone-meant': '"{value}" is no time zone. Did you mean {meant}?',
  'campaign.country': '"{value}" is no country. Write its two letters (ISO 3166-1), such as PE, MX or CO.',
  'campaign.country-meant': '"{value}" is no country code. Did you mean {meant}?',
  'campaign.name-not-allowed':
    'With type individual nothing is sent as a campaign name. Delete "campaignName", or use type campaign or api.',
  'campaign.file-needs-current':
    'An attachment ("file") can only be sent through the newer API. Add "api: current" under "provider".',
  'campaign.zone-or-base-url': '"zone" and "baseUrl" say the same thing. Keep one of them.',

  'campaign.liquid-filter':
    'Liquid has no filter "{filter}" (in {key}). See https://liquidjs.com/filters/overview.html.',
  'campaign.liquid-filter-meant': 'Liquid has no filter "{filter}" (in {key}). Did you mean "{meant}"?',
  'campaign.template-slow':
    'The template of {key} takes too long: after {rows, plural, one {# row} other {# rows}} it had worked for {seconds} s. Make its loops smaller, or fill a column of the recipients file instead.',
  'campaign.liquid-tag': 'The Liquid tag "{tag}" (in {key}) is not known, or not allowed in a campaign file.',
  'campaign.control':
    'uncertain.control takes your own phone number with its country code, such as "+51987654321", not "{value}".',
  'campaign.liquid-unclosed': 'A Liquid bracket or tag in {key} is opened and not closed.',
  'campaign.liquid-syntax': 'The Liquid text of {key} cannot be read: {detail}',
  'campaign.column-missing':
    '{key} asks for the column "{column}", which the recipients file does not have. {columns, select, none {{count, plural, one {It has # column.} other {It has # columns.}}} other {It has: {columns}.}}',
  'campaign.column-meant':
    '{key} asks for the column "{column}", which the recipients file does not have. Did you mean {meant}?',
  'campaign.column-ambiguous':
    '{key} asks for the column "{column}", and several fit: {columns}. Write row["NAME"] with the exact name.',

  'url.invalid': 'This is no web address that can be called. Write one that begins with https://.',
  'url.plain-http':
    'The address of {host} is not encrypted. Write https:// (plain http is only possible on this machine).',
  'url.private':
    '{host} is reachable only from within a network of its own. Write the address of a server that everybody reaches.',
  'url.credentials': 'An address must not hold a user name or password. Remove what stands before the @.',
  'url.query': 'The address of an API ends with its path. Remove the question mark and what follows it.',

  'rates.not-found': 'The rate card {path} does not exist. Check "cost" in the campaign file.',
  'rates.unreadable': 'The rate card {path} cannot be read ({detail}).',
  'rates.columns':
    'The rate card needs the columns country, category, price and currency in its first line. Missing: {missing}.',
  'rates.cells': 'This line has {found, plural, one {# cell} other {# cells}} instead of {wanted}.',
  'rates.country': '"{value}" is no country. Write its two letters, such as PE, or * for all others.',
  'rates.category': 'The category is missing. Write, for instance, marketing, utility or authentication.',
  'rates.price': '"{value}" is no price. Write a number such as 0.0625.',
  'rates.currency': '"{value}" is no currency. Write its three letters, such as USD.',
  'rates.duplicate':
    'The price of {country} in the category {category} ({currency}) already stands in line {line}. Keep one of them.',
  'rates.too-many':
    'The rate card has {found, number} lines; at most {most, number} are read. Keep the countries, categories and currencies of this campaign.',
  'rates.empty': 'The rate card holds no prices.',
  'rates.damaged': 'The rate card cannot be read as CSV here. Check the quotes of this line.',

  'init.comment-head': 'A campaign of plazcast. "plazcast check FOLDER" reads it and sends nothing.',
  'init.comment-name': 'identity: nobody gets a campaign of this name twice',
  'init.comment-template': 'name of your approved WhatsApp template',
  'init.comment-type': 'campaign, individual or api',
  'init.comment-campaign-name': 'the name that the provider shows',
  'init.comment-file': 'the CSV file, relative to this file',
  'init.comment-phone': 'the column with the phone number',
  'init.comment-country': 'for numbers without a country code',
  'init.comment-variables': 'named as in the template; Liquid over the columns of the row',
  'init.comment-other-columns': 'Also in the file:',
  'init.comment-columns': 'The columns body.NAME and header.NAME of the file fill the template.',
  'init.comment-rate': 'N/s, N/min or N/h',
  'init.comment-rejected':
    'skip: rows that cannot be sent are listed, the others are sent; stop: nothing is sent',
  'init.comment-more': 'Remove the # where you want it:',
  'init.env-head':
    'Copy this file to .env in the folder where you run plazcast, and fill it in. Never share .env.',
  'init.env-key': 'Optional, where the account has one:',
  'init.env-lists': 'Only for lists and replies from these platforms:',
} as const;
