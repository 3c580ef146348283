/** Null: not measured; why is said in the table's notes. */
export type Cell = string | number | null

export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly Cell[])[]
  /** What a reader must know to read it right, and why something is missing. */
  readonly notes: readonly string[]
}

/** For a terminal: figures to the right, words to the left. */
export function textTable({ title, columns, rows, notes }: Table): string {
  const texts = [columns, ...rows].map((row) => row.map(cellText))
  const widths = columns.map((_, at) => Math.max(...texts.map((row) => row[at]?.length ?? 0)))
  const isFigure = columns.map((_, at) => isFigureColumn(rows, at))
  const line = (row: readonly string[]) =>
    row
      .map((text, at) => (isFigure[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  const [head = [], ...body] = texts
  const rule = widths.map((width) => '─'.repeat(width))
  return [title, line(head), line(rule), ...body.map(line), ...notes.map((note) => `  ${note}`)].join('\n')
}

export function markdownTable({ columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(escaped)),
    line(columns.map((_, at) => (isFigureColumn(rows, at) ? '---:' : '---'))),
    ...rows.map((row) => line(row.map((cell) => escaped(cellText(cell))))),
    ...(notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : []),
  ].join('\n')
}

/** Figures to three significant places at least, and whole from 100 up. */
export function cellText(cell: Cell): string {
  if (cell === null) return '–'
  if (typeof cell === 'string') return cell
  const digits = Math.abs(cell) >= 100 || Number.isInteger(cell) ? 0 : Math.abs(cell) >= 10 ? 1 : 2
  return cell.toLocaleString('en-US', { maximumFractionDigits: digits })
}

function isFigureColumn(rows: Table['rows'], at: number): boolean {
  return rows.some((row) => typeof row[at] === 'number') && rows.every((row) => typeof row[at] !== 'string')
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|')
}
