// Every screen worth looking at: its name and what is pressed to reach it.
export const SCREENS = {
  'start': '',
  'start-first': '&first',
  'drag': 'drag:3',
  'checking': 'sample-failed,wait:900&slow',
  'list': 'arrive:verified+failed+undecided+error+large,wait:200',
  'verified': 'sample-verified',
  'failed': 'sample-failed',
  'undecided': 'sample-undecided',
  'not-evidence': 'arrive:notEvidence',
  'error': 'arrive:error,wait:100',
  'strange': 'arrive:strange',
  'checks': 'sample-failed,rail-checks',
  'check-open': 'sample-failed,next-step,wait:100',
  'check-passed': 'sample-verified,rail-checks,check-toggle,wait:100',
  'records': 'arrive:large,rail-records,record#3,wait:100',
  'records-deep': 'arrive:large,rail-records,go-to-number,go-to-input=41006,go-to-submit,wait:200',
  'records-sealed': 'arrive:large,rail-records,record#2,tab-sealed,wait:100',
  'records-raw': 'arrive:large,rail-records,record#2,tab-raw,wait:100',
  'records-none': 'arrive:large,rail-records,record-search=zzzz,wait:300',
  'records-strange': 'arrive:strange,rail-records,wait:100',
  'keys': 'sample-undecided,rail-keys,wait:100',
  'keys-none': 'arrive:error,rail-keys,wait:100',
  'confirm-1': 'sample-undecided,rail-keys,confirm-key,wait:100',
  'confirm-2': 'sample-undecided,rail-keys,confirm-key,confirm-next,wait:100',
  'confirm-3': 'sample-undecided,rail-keys,confirm-key,confirm-next,confirm-detail=R. Tan,confirm-next,confirm-last=d9b64ab,wait:100',
  'key-book': 'open-key-book,wait:100',
  'key-remove': 'open-key-book,remove-key,wait:100',
  'manifest': 'sample-failed,rail-manifest,wait:200',
  'manifest-none': 'arrive:large,rail-manifest,wait:100',
  'files': 'sample-failed,rail-files,file#3,wait:200',
  'files-page': 'sample-failed,rail-files,file#0,wait:400',
  'export': 'sample-failed,open-export,wait:100',
  'export-done': 'sample-failed,open-export,export-projectCsv,export-save,wait:100',
  'compare': 'sample-failed,next-step,compare-value,compare-given=SHA256:3d2255bf 75e4c345 19164913 053ed60a 0de94910 321eac01 22336829 9ac2160b,wait:300',
  'work': 'sample-failed,next-step,show-work,wait:100',
  'glossary': 'open-glossary,wait:100',
  'shortcuts': 'open-shortcuts,wait:100',
  'palette': 'sample-failed,open-palette,wait:100',
  'trouble': 'sample-failed,trouble:,wait:50',
};

/** The address of a screen under `base`. */
export function address(base, steps) {
  const [pressed, extra = ''] = steps.split('&');
  return `${base}/?do=${encodeURIComponent(pressed)}${extra ? `&${extra}` : ''}`;
}
