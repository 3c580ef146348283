export type CsvValue = string | number | boolean | null

/**
 * RFC 4180: commas, CRLF, quotes where needed. Null is an empty cell. Text that a spreadsheet would take for a formula
 * gets an apostrophe in front, since names in it are chosen by whoever may create a queue; numbers are left alone.
 */
export function toCsv(header: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  const lines = [header, ...rows].map((row) => row.map(cell).join(','))
  return lines.map((line) => `${line}\r\n`).join('')
}

/** What spreadsheets read as the beginning of a formula, the full-width forms that some of them fold included. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

function cell(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Hands the text to the reader as a file. */
export function downloadCsv(fileName: string, csv: string): void {
  // Without the mark in front, spreadsheets take UTF-8 for their machine's own code page.
  const url = URL.createObjectURL(new Blob(['\ufeff', csv], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has to have begun before the address may go.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
