import { type ServerMessageOf, type ViewType, views } from '@weir/contract'

export type Fields = Readonly<Record<string, unknown>>
/** Of one view, whichever it is: the types of rows come back at `stateOf`, where the view is known. */
export type Data =
  | { readonly shape: 'table'; readonly rows: ReadonlyMap<string, Fields> }
  | { readonly shape: 'record'; readonly record: Fields }

export interface ReadData {
  readonly data: Data
  readonly bad: readonly string[]
}

/** One bad row costs itself and never the table; a record is right as a whole or not at all. */
export function readData(type: ViewType, raw: ServerMessageOf<'snapshot'>['data']): ReadData | null {
  if (views[type].shape === 'record') {
    if (Array.isArray(raw)) return null
    const read = readFields(type, raw)
    return read.fields === null ? null : { data: { shape: 'record', record: read.fields }, bad: [] }
  }
  if (!Array.isArray(raw)) return null
  const rows = new Map<string, Fields>()
  const bad: string[] = []
  for (const row of raw) {
    const read = readFields(type, row)
    if (read.fields === null) bad.push(read.reason)
    else rows.set(row.key, read.fields)
  }
  return { data: { shape: 'table', rows }, bad }
}

type ReadFields = { readonly fields: Fields } | { readonly fields: null; readonly reason: string }

function readFields(type: ViewType, raw: Fields): ReadFields {
  const parsed = views[type].schema.safeParse(raw)
  if (parsed.success) return { fields: parsed.data }
  const issue = parsed.error.issues[0]
  return { fields: null, reason: `${type}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` }
}

/** Rows that are what they were keep their reference, so that a repeated snapshot redraws only what changed. */
export function reuseData(before: Data | null, next: Data): { data: Data; changed: readonly string[] } {
  if (next.shape === 'record') {
    const had: Fields = before?.shape === 'record' ? before.record : {}
    return {
      data: next,
      changed: Object.keys(next.record).filter((name) => !same(had[name], next.record[name])),
    }
  }
  const had: ReadonlyMap<string, Fields> = before?.shape === 'table' ? before.rows : new Map()
  const rows = new Map<string, Fields>()
  const changed: string[] = []
  for (const [key, row] of next.rows) {
    const old = had.get(key)
    const isSame = old !== undefined && sameFields(old, row)
    rows.set(key, isSame ? old : row)
    if (!isSame) changed.push(key)
  }
  for (const key of had.keys()) if (!rows.has(key)) changed.push(key)
  return { data: { shape: 'table', rows }, changed }
}

function sameFields(a: Fields, b: Fields): boolean {
  for (const name in b) if (!same(a[name], b[name])) return false
  return true
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return JSON.stringify(a) === JSON.stringify(b)
}

export interface PatchedData extends ReadData {
  readonly changed: readonly string[]
}

/** Null: the delta isn't of this view's shape, or makes a record that can't be read. */
export function patchData(type: ViewType, data: Data, frame: ServerMessageOf<'delta'>): PatchedData | null {
  const { set, remove = [] } = frame
  if (set === undefined && remove.length === 0) return { data, changed: [], bad: [] }
  if (data.shape === 'table') return patchRows(type, data.rows, set ?? [], remove)
  return set === undefined || Array.isArray(set) ? null : patchRecord(type, data.record, set)
}

function patchRows(
  type: ViewType,
  before: ReadonlyMap<string, Fields>,
  set: NonNullable<ServerMessageOf<'delta'>['set']>,
  remove: readonly string[],
): PatchedData | null {
  if (!Array.isArray(set)) return null
  const rows = new Map(before)
  const bad: string[] = []
  for (const raw of set) {
    const read = readFields(type, raw)
    if (read.fields !== null) rows.set(raw.key, read.fields)
    else {
      // What was there before is no longer true, and what is true can't be read.
      rows.delete(raw.key)
      bad.push(read.reason)
    }
  }
  for (const key of remove) rows.delete(key)
  return { data: { shape: 'table', rows }, changed: [...set.map((row) => row.key), ...remove], bad }
}

function patchRecord(type: ViewType, before: Fields, set: Fields): PatchedData | null {
  const read = readFields(type, { ...before, ...set })
  return read.fields === null
    ? null
    : { data: { shape: 'record', record: read.fields }, changed: Object.keys(set), bad: [] }
}
