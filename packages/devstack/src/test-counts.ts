export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export const nothing: Counts = { passed: 0, failed: 0, skipped: 0 }

/** A check that is counted as one: formatting, types. */
export function oneCheck(isOk: boolean): Counts {
  return { ...nothing, [isOk ? 'passed' : 'failed']: 1 }
}

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
    }),
    nothing,
  )
}

/** The last line of `npm test`. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  const line = `${passed} passed, ${failed} failed`
  return skipped === 0 ? line : `${line}, ${skipped} skipped`
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** A test file that couldn't even be loaded has no tests to fail, and counts as one failure. */
export function countsOfVitest(report: VitestReport): Counts {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  /** What went wrong outside any test. */
  errors: unknown[]
}

/** A flaky test passed in the end, and counts as passed. */
export function countsOfPlaywright({ stats, errors }: PlaywrightReport): Counts {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }
}

/**
 * What a run counts for, given its report (null: none was written) and whether its exit status was 0.
 * Whatever ends badly without naming a failed test (it couldn't start, it hung, it threw) counts as one failure.
 */
export function countsOfRun(report: Counts | null, isOk: boolean): Counts {
  const counts = report ?? nothing
  const isUnexplained = !isOk && counts.failed === 0
  const isEmpty = report === null || sum([counts]).passed + counts.failed + counts.skipped === 0
  return isUnexplained || isEmpty ? { ...counts, failed: Math.max(counts.failed, 1) } : counts
}
