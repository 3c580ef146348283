import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

/**
 * Kysely on Node's own SQLite. Kysely's SqliteDialect expects better-sqlite3's interface, which node:sqlite lacks.
 * One connection, used by one query or transaction at a time.
 */
export class NodeSqliteDialect implements Dialect {
  readonly #database: DatabaseSync
  constructor(database: DatabaseSync) {
    this.#database = database
  }
  createDriver(): Driver {
    return new NodeSqliteDriver(this.#database)
  }
  createQueryCompiler() {
    return new SqliteQueryCompiler()
  }
  createAdapter() {
    return new SqliteAdapter()
  }
  createIntrospector(kysely: ConstructorParameters<typeof SqliteIntrospector>[0]) {
    return new SqliteIntrospector(kysely)
  }
}

class NodeSqliteDriver implements Driver {
  readonly #database: DatabaseSync
  readonly #connection: DatabaseConnection
  /** Resolves when the connection is free again: SQLite here is one connection, so callers queue for it. */
  #free: Promise<void> = Promise.resolve()
  #release: () => void = () => {}

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#connection = {
      executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> => run<R>(database, query),
      // biome-ignore lint/correctness/useYield: nothing here reads in a stream
      async *streamQuery() {
        throw new Error('Streaming queries are not offered on SQLite')
      },
    }
  }
  async init() {}
  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#free
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#free = promise
    await before
    this.#release = resolve
    return this.#connection
  }
  async releaseConnection() {
    this.#release()
  }
  async beginTransaction() {
    this.#database.exec('begin immediate')
  }
  async commitTransaction() {
    this.#database.exec('commit')
  }
  async rollbackTransaction() {
    this.#database.exec('rollback')
  }
  async destroy() {
    this.#database.close()
  }
}

function run<R>(database: DatabaseSync, query: CompiledQuery): QueryResult<R> {
  const statement = database.prepare(query.sql)
  const parameters = query.parameters as readonly SQLInputValue[]
  if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] }
  const result = statement.run(...parameters)
  return {
    rows: [],
    numAffectedRows: BigInt(result.changes),
    insertId: BigInt(result.lastInsertRowid),
  }
}

/** Opens the file with a write-ahead log, every commit on the disk before it is acknowledged. */
export function openSqlite(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000',
  )
  return database
}
