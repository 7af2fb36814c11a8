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
  'campaign.changed-after-send':
    'Campaign "{name}" was already sent to people and its {changes} was edited since. Give it a new name, or run send once with --accept-changes.',
} as const;
