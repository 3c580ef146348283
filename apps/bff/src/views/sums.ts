/**
 * Sum of one field over rows. Rows that don't tell it are left out; null when none does (and 0 for no rows at all:
 * nothing is a measured zero).
 */
export function sumOf<K extends string>(
  rows: readonly { readonly [key in K]: number | null }[],
  field: K,
): number | null {
  if (rows.length === 0) return 0
  let total = 0
  let told = false
  for (const row of rows) {
    const value = row[field]
    if (value === null) continue
    told = true
    total += value
  }
  return told ? total : null
}
