/** English sentences: the ledger and its locks. Places are ICU MessageFormat. */
export const ledgerEn = {
  'ledger.missing':
    'There is no ledger at {file}. Run "plazcast send" first, or give the right one with --ledger.',
  'ledger.no-folder': 'The folder {folder} does not exist. Create it, or give another file with --ledger.',
  'ledger.network-filesystem':
    'The ledger {file} lies on a network drive ({kind}), where two runs cannot be kept apart. Put it on a local disk with --ledger.',
  'ledger.newer': 'The ledger {file} was written by a newer plazcast. Update plazcast to use it.',
  'ledger.not-a-ledger': '{file} is not a plazcast ledger. Give another file with --ledger.',
  'ledger.damaged':
    'The ledger {file} is damaged. Nothing was sent. Move it away, copy your last backup ("plazcast backup") to its place, then run "plazcast reconcile" before you send.',
  'ledger.busy': 'Another program is writing to the ledger {file}. Wait for it to finish, then try again.',
  'ledger.read-only': 'The ledger {file} cannot be written: the file or its folder is read-only.',
  'ledger.cannot-open':
    'The ledger {file} cannot be opened: check that the file and its folder can be read and written.',
  'ledger.several-names':
    'The ledger {file} has more than one name (a hard link). What was written last lies beside one of them only, so people could be forgotten. Keep one of its names, delete the others, then try again.',
  'ledger.from-above': 'Using the ledger {file}: there is none in this folder.',
  'ledger.another':
    'Campaign "{name}" was sent from another ledger, {right}. From {file} everybody would get it again, so nothing was sent. Run send with {option}. Only if everybody is to get it again, run send once with --accept-ledger.',
  'ledger.another-gone':
    'Campaign "{name}" was sent from another ledger, which lay at {right} and is no longer there. From {file} everybody would get it again, so nothing was sent. Find that ledger and give it with --ledger, or put a backup of it in its place. Only if everybody is to get the campaign again, run send once with --accept-ledger.',
  'ledger.copy':
    'The ledger {file} is a copy of {right}, from which campaign "{name}" was sent. Neither would know what the other sends, so nothing was sent. Run send with {option}. To go on with the copy, run send once with --accept-ledger.',
  'ledger.behind':
    'The ledger {file} is older than the state from which campaign "{name}" was sent: a backup was put back, or its -wal file was lost. Whoever got the campaign since would get it again, so nothing was sent. Put the newest ledger back. If there is none, run "plazcast reconcile {name} --audit", which looks for these people in the provider\'s list, then run send once with --accept-ledger.',
  'ledger.behind-of':
    'The ledger {file} is an older state of {right}, from which campaign "{name}" was sent further. Whoever got it since would get it again, so nothing was sent. Run send with {option}.',
  'ledger.not-needed':
    '--accept-ledger was not needed: nothing speaks against sending campaign "{name}" from {file}.',
  'ledger.memory-damaged':
    'The file {file} is damaged. It remembers from which ledger campaign "{name}" was sent. Nothing was sent. If that ledger is {ledger}, run send once with --accept-ledger.',
  'state.unreadable':
    'The file {file}, in which plazcast remembers which ledger sent what, cannot be read ({detail}). Nothing was sent. Make it readable, then try again.',
  'state.unwritable':
    'The folder {folder}, in which plazcast remembers which ledger sent what, cannot be written ({detail}). Nothing was sent. Make it writable, or name another folder in PLAZCAST_STATE_DIR and keep to it.',
  'ledger.full': 'The disk is full: the ledger {file} cannot be written. Make room, then run send again.',
  'ledger.io': 'The disk reported an error on the ledger {file} ({detail}). Check the disk before you go on.',
  'lock.campaign':
    'Campaign "{campaign}" is being worked on by another plazcast: process {pid} on {host}, since {since}. Wait for it, or stop it there.',
  'lock.sender':
    'Another plazcast is sending for this workspace: campaign "{campaign}", process {pid} on {host}, since {since}. Two at once would double the rate: wait for it, or stop it there.',
  'lock.unwritable':
    'The folder {folder} for lock files cannot be written ({detail}). Give another one in PLAZCAST_STATE_DIR.',
  'ledger.no-campaign': 'The ledger {file} knows no campaign "{name}". It knows: {known}.',
  'ledger.no-campaigns': 'The ledger {file} holds no campaign yet.',
  'campaign.key-added':
    'Campaign "{name}" was already sent to people and "recipients.key: {after}" was added since. Everybody would get it again, once for each {after} of theirs. Take the key out, or give the campaign a new name; if everybody is to get it again, run send once with --accept-changes.',
  'campaign.key-changed':
    'Campaign "{name}" was already sent to people and recipients.key was changed from "{before}" to "{after}" since. Everybody would get it again, once for each {after} of theirs. Put the old key back, or give the campaign a new name; if everybody is to get it again, run send once with --accept-changes.',
  'campaign.key-removed':
    'Campaign "{name}" was already sent to people and "recipients.key: {before}" was taken out since. Everybody would get it again, once per phone. Put the key back, or give the campaign a new name; if everybody is to get it again, run send once with --accept-changes.',
  'campaign.changed-after-send':
    'Campaign "{name}" was already sent to people and its {changes} was edited since. Give it a new name, or run send once with --accept-changes.',
} as const;
