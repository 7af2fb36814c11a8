/** English sentences: files that are no ordinary files, and links. Places are ICU MessageFormat. */
export const filesEn = {
  'file.folder': 'This is a folder and not a file. Name a file in it.',
  'file.not-ordinary':
    'This is a device, a pipe or a socket and not an ordinary file. Name a file on the disk.',
  'file.too-large':
    'The file is larger than {kilobytes, number} kB, so it cannot be the right one. Check its name.',
  'file.link':
    '{path} is a link. It may lead to any other file, so nothing is written through it. Delete the link, then try again.',
  'file.foreign-link':
    '{path} is a link that another user of this machine made, so it is not followed. Give another file.',
  'file.in-the-way':
    '{path} is a folder, a device or a pipe, so no file can be written under this name. Move it away, then try again.',
} as const;
