import type { AuditEntry, ErrorCode } from '@weir/contract'
import type { Database } from './store-database.ts'
import type { AuditTable } from './tables.ts'
import { uuidv7 } from './uuid.ts'

export type AuditIntent = Pick<
  AuditEntry,
  'actor' | 'tenantId' | 'instanceId' | 'procedure' | 'target' | 'before' | 'requestId'
>
export type AuditOutcome =
  | { readonly result: 'done'; readonly after: Record<string, unknown> | null }
  | { readonly result: 'failed' | 'unknown'; readonly code: ErrorCode }

/** What was changed, by whom. A row is written before the broker is called: a crash leaves `unknown`, never silence. */
export class AuditRepository {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  async intend(intent: AuditIntent): Promise<string> {
    const id = uuidv7()
    const { before, ...rest } = intent
    const row = {
      ...rest,
      id,
      at: Date.now(),
      before: toText(before),
      after: null,
      result: 'unknown',
      code: null,
    }
    await this.#db.insertInto('audit').values(row).execute()
    return id
  }

  async conclude(id: string, outcome: AuditOutcome): Promise<void> {
    const set =
      outcome.result === 'done'
        ? { result: 'done', after: toText(outcome.after) }
        : { result: outcome.result, code: outcome.code }
    await this.#db.updateTable('audit').set(set).where('id', '=', id).execute()
  }

  /** Newest first, of these instances alone. */
  async list(instanceIds: readonly string[], limit: number): Promise<AuditEntry[]> {
    const rows = await this.#db
      .selectFrom('audit')
      .selectAll()
      .where('instanceId', 'in', instanceIds)
      .orderBy('id', 'desc')
      .limit(limit)
      .execute()
    return rows.map(toEntry)
  }
}

function toText(value: Record<string, unknown> | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

function toEntry(row: AuditTable): AuditEntry {
  const parse = (text: string | null): Record<string, unknown> | null =>
    text === null ? null : JSON.parse(text)
  return {
    ...row,
    // Written by `intend` and `conclude` alone, with these words.
    result: row.result as AuditEntry['result'],
    code: row.code as AuditEntry['code'],
    before: parse(row.before),
    after: parse(row.after),
  }
}
