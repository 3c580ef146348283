import { describe, expect, test } from 'vitest'
import { closingLine, countsOfPlaywright, countsOfRun, countsOfVitest, oneCheck, sum } from './test-counts.ts'

const vitestReport = {
  numPassedTests: 7,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [],
}

describe('the closing line', () => {
  test('names the skipped only when there are any', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed')
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped')
  })
})

test('counts add up', () => {
  expect(sum([oneCheck(true), oneCheck(false), { passed: 4, failed: 0, skipped: 1 }])).toEqual({
    passed: 5,
    failed: 1,
    skipped: 1,
  })
  expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 })
})

test('tests to be written count as skipped', () => {
  expect(countsOfVitest(vitestReport)).toEqual({ passed: 7, failed: 1, skipped: 3 })
})

test('a test file that could not be loaded is a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'passed', assertionResults: [{}] },
  ]
  expect(countsOfVitest({ ...vitestReport, testResults }).failed).toBe(2)
})

test('a flaky browser test passed, an error outside any test failed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }
  expect(countsOfPlaywright({ stats, errors: [{}] })).toEqual({ passed: 7, failed: 2, skipped: 3 })
})

describe('a run', () => {
  test('that wrote no report failed', () => {
    expect(countsOfRun(null, true).failed).toBe(1)
    expect(countsOfRun(null, false).failed).toBe(1)
  })
  test('that found no tests failed', () => {
    expect(countsOfRun({ passed: 0, failed: 0, skipped: 0 }, true).failed).toBe(1)
  })
  test('that ended badly without a failed test failed', () => {
    expect(countsOfRun({ passed: 9, failed: 0, skipped: 0 }, false)).toEqual({
      passed: 9,
      failed: 1,
      skipped: 0,
    })
  })
  test('whose failures are named is counted as it says', () => {
    expect(countsOfRun({ passed: 9, failed: 2, skipped: 0 }, false)).toEqual({
      passed: 9,
      failed: 2,
      skipped: 0,
    })
    expect(countsOfRun({ passed: 9, failed: 0, skipped: 1 }, true)).toEqual({
      passed: 9,
      failed: 0,
      skipped: 1,
    })
  })
})
