import type { OutcomeView } from '../bindings/OutcomeView';
import type { VerdictView } from '../bindings/VerdictView';

/** Shape and colour that stand for a verdict or an outcome; the word always stands beside them. */
export type Mark = { shape: string; tone: 'verified' | 'failed' | 'undecided' | 'neutral' };

export const MARKS: Record<VerdictView | OutcomeView, Mark> = {
  verified: { shape: 'verified', tone: 'verified' },
  failed: { shape: 'failed', tone: 'failed' },
  undecided: { shape: 'undecided', tone: 'undecided' },
  notEvidence: { shape: 'not-recognised', tone: 'neutral' },
  error: { shape: 'not-finished', tone: 'neutral' },
  pass: { shape: 'verified', tone: 'verified' },
  fail: { shape: 'failed', tone: 'failed' },
  undetermined: { shape: 'undecided', tone: 'undecided' },
  skipped: { shape: 'not-run', tone: 'neutral' },
};
