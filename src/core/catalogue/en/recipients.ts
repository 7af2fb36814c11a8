/** English sentences: recipients. Places are ICU MessageFormat. */
export const recipientsEn = {
  'recipients.not-found': 'There is no such file. Check the name and the folder.',
  'recipients.folder': 'This is a folder. Name a CSV file in it.',
  'recipients.unreadable':
    'The file cannot be read ({error}). Check that you may open it and that no other program holds it.',
  'recipients.workbook':
    'This is a spreadsheet workbook and not a CSV file. Open it and save the sheet with the recipients as "CSV UTF-8".',
  'recipients.utf-16be':
    'The file is in the encoding UTF-16BE, which is not supported. Save it as "CSV UTF-8".',
  'recipients.no-text': 'This is not a text file. Save the sheet with the recipients as "CSV UTF-8".',
  'recipients.empty':
    'The file is empty. The first line must name the columns, and each line below is one recipient.',
  'recipients.no-recipients': 'The file has a header but no recipients below it.',
  'recipients.equal-columns':
    'Two columns have the same name{told, select, no {} other { "{column}"}}: number {first} and number {second}. Capitals and accents do not make a difference. Rename one of them.',
  'recipients.unclosed-quote':
    'A quotation mark opens in line {line} and is not closed where its cell should end. Close it, or remove it, and try again.',
  'recipients.no-phone-column':
    'No column looks like the phone number. {columns, select, none {{count, plural, one {The file has # column.} other {The file has # columns.}}} other {The columns are: {columns}.}} Name the right one with "recipients.phone".',
  'recipients.two-phone-columns':
    'More than one column looks like the phone number: {columns}. Name the right one with "recipients.phone".',
  'recipients.phone-column-missing':
    'There is no column "{column}" for the phone number. {columns, select, none {{count, plural, one {The file has # column.} other {The file has # columns.}}} other {The columns are: {columns}.}}{near, select, none {} other { Did you mean "{near}"?}}',
  'recipients.key-column-missing':
    'There is no column "{column}" for "recipients.key". {columns, select, none {{count, plural, one {The file has # column.} other {The file has # columns.}}} other {The columns are: {columns}.}}{near, select, none {} other { Did you mean "{near}"?}}',
  'recipients.unknown-country':
    '"{country}" is not a country that has phone numbers. Write two capital letters, such as PE, MX or AR.',
  'recipients.assumed-windows-1252':
    'The file is not in UTF-8, so it was read as Windows-1252, which is what Excel writes for plain "CSV". Check the accents in the first messages.',
  'recipients.broken-utf8':
    'The file is in UTF-8, but {count, plural, one {# character in it is} other {# characters in it are}} broken. Rows with broken characters are rejected.',
  'recipients.from-rejected':
    'This is a list of rejected rows that plazcast wrote: its columns "line", "reason" and "detail" were left out.',
  'recipients.damaged-header':
    'Some column names have broken characters. Save the file again as "CSV UTF-8", or use other names.',
  'row.phone.missing': 'There is no phone number.',
  'row.phone.invalid':
    'This is not a phone number that exists: "{value}". Write it with the country code, such as +51 987 654 321.',
  'row.phone.scientific':
    'A spreadsheet turned the number into "{value}" and lost its digits. Format the column as text and enter the number again.',
  'row.phone.landline':
    '"{value}" is a landline or a service number, which does not receive WhatsApp messages.',
  'row.phone.multiple': 'There is more than one phone number in the cell: "{value}". Keep one.',
  'row.variable.empty': 'The value for "{column}" is empty.',
  'row.variable.newline': 'The value for "{column}" has a line break, which WhatsApp does not accept.',
  'row.variable.tab': 'The value for "{column}" has a tab, which WhatsApp does not accept.',
  'row.variable.spaces':
    'The value for "{column}" has more than four spaces in a row, which WhatsApp does not accept.',
  'row.variable.too-long':
    'The value for "{column}" is too long: a header takes 60 characters, the text of a message 1,024.',
  'row.variable.unresolved': 'The value for "{column}" could not be filled in: "{value}".',
  'row.variable.address':
    'The address for "{column}" cannot be opened by WhatsApp: "{value}". Write one that begins with https:// and that everybody can reach.',
  'row.columns.mismatch':
    'The row does not fit the header: it has too many or too few cells, or a quotation mark out of place ({value}).',
  'row.encoding.damaged':
    'There are broken characters in "{column}": "{value}". Correct them and save the file as "CSV UTF-8".',
} as const;
