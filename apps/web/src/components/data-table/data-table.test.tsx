import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { useSyncExternalStore } from 'react'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { words as en } from '../../app/words/en/words.ts'
import { words as zh } from '../../app/words/zh/words.ts'
import { initI18n } from '../../lib/i18n.ts'
import { createObservable, type Observable } from '../../live/observable.ts'
import { DataTable } from './data-table.tsx'
import type { TableColumn } from './table-column.ts'
import { TableSearch } from './table-search.ts'

interface Row {
  readonly key: string
  readonly name: string
  readonly messages: number | null
  readonly rate: number | null
}

const columns: TableColumn<Row>[] = [
  {
    id: 'name',
    label: 'Name',
    kind: 'text',
    isSearched: true,
    value: (row) => row.name,
    cell: (row) => row.name,
  },
  {
    id: 'messages',
    label: 'Total',
    kind: 'number',
    width: 90,
    value: (row) => row.messages,
    cell: (row) => row.messages,
  },
  {
    id: 'rate',
    label: 'In /s',
    kind: 'number',
    width: 70,
    value: (row) => row.rate,
    cell: (row) => row.rate,
  },
]

function rowsOf(depths: Record<string, number | null>): ReadonlyMap<string, Row> {
  const row = (name: string, messages: number | null): Row => ({
    key: name,
    name,
    messages,
    rate: messages === null ? null : 1,
  })
  return new Map(Object.entries(depths).map(([name, messages]) => [name, row(name, messages)]))
}

const many = rowsOf({ orders: 5, push: 9, mail: 7 })

/** The page asks once per query and keeps the list, so the answer is read anew each time. */
let isPhone = false

function stubBrowser(): void {
  vi.stubGlobal('matchMedia', (query: string) => ({
    get matches() {
      return isPhone && query.includes('max-width')
    },
    addEventListener: () => {},
    removeEventListener: () => {},
  }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
}

type Props = Parameters<typeof DataTable<Row>>[0]

function ChangingTable({ rows, ...props }: Omit<Props, 'rows'> & { rows: Observable<Props['rows']> }) {
  return <DataTable<Row> {...props} rows={useSyncExternalStore(rows.subscribe, rows.get)} />
}

async function showTable(first: Props['rows'], url = '/', more: Partial<Omit<Props, 'rows'>> = {}) {
  const opened: string[] = []
  const rows = createObservable(first)
  const table = (
    <ChangingTable
      label="Queues"
      columns={columns}
      rows={rows}
      defaultSort="-messages"
      isStale={false}
      sourceHints={new Map()}
      onOpen={(row) => opened.push(row.name)}
      phoneRow={(row) => ({ name: row.name, figure: row.messages, figureField: 'messages', details: [] })}
      csvName="queues"
      filterExample="messages:>1000"
      empty={<p>No queues yet</p>}
      {...more}
    />
  )
  const root = createRootRoute({ component: () => table, validateSearch: TableSearch })
  const history = createMemoryHistory({ initialEntries: [url] })
  const router = createRouter({ routeTree: root, history })
  // A router of another tree than the page's: as far as the table goes they are alike.
  const shown = render(<RouterProvider router={router as never} />)
  await waitFor(() => expect(shown.container.textContent).not.toBe(''))
  return { opened, router, update: (next: Props['rows']) => act(() => rows.set(next)) }
}

const names = () =>
  [...document.querySelectorAll('tbody tr[data-key]')].map((row) => row.getAttribute('data-key'))
const cell = (key: string, field: string) =>
  document.querySelector(`tr[data-key="${key}"] td[data-field="${field}"]`)?.getAttribute('data-value')

beforeAll(() => initI18n({ en, zh }))
beforeEach(() => {
  isPhone = false
  stubBrowser()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

describe('DataTable', () => {
  it('carries each exact number in its cell, and nothing where it is unknown', async () => {
    await showTable(rowsOf({ orders: 12_431, push: null }))
    expect(cell('orders', 'messages')).toBe('12431')
    expect(cell('push', 'messages')).toBe('')
  })

  it('stands in its own order until the URL says another, unknown last', async () => {
    await showTable(rowsOf({ orders: 5, dead: null, push: 9 }))
    expect(names()).toEqual(['push', 'orders', 'dead'])
    cleanup()
    await showTable(rowsOf({ orders: 5, dead: null, push: 9 }), '/?sort=messages')
    expect(names()).toEqual(['orders', 'push', 'dead'])
  })

  it('puts a click on a head into the URL, and with shift a second column behind it', async () => {
    const { router } = await showTable(many)
    fireEvent.click(screen.getByRole('button', { name: 'Name' }))
    await waitFor(() => expect(router.state.location.search).toMatchObject({ sort: 'name' }))
    expect(names()).toEqual(['mail', 'orders', 'push'])
    fireEvent.click(screen.getByRole('button', { name: 'Total' }), { shiftKey: true })
    await waitFor(() => expect(router.state.location.search).toMatchObject({ sort: 'name,-messages' }))
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
  })

  it('filters as the URL says and counts what is left', async () => {
    await showTable(many, '/?filter=messages%3A%3E6')
    expect(names()).toEqual(['push', 'mail'])
    expect(screen.getByText('2 of 3')).toBeDefined()
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('3')
  })

  it('shows all rows and says why when a filter cannot be read', async () => {
    await showTable(many, '/?filter=messages%3A%3Emany')
    expect(names()).toHaveLength(3)
    expect(screen.getByText(/messages wants a number/)).toBeDefined()
    expect(screen.getByRole('searchbox').getAttribute('aria-invalid')).toBe('true')
  })

  it('offers to clear a filter that nothing matches', async () => {
    const { router } = await showTable(many, '/?filter=nowhere')
    fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
    await waitFor(() => expect(router.state.location.search).not.toHaveProperty('filter'))
    expect(names()).toHaveLength(3)
  })

  it('shows the columns that the URL names, and the first always', async () => {
    await showTable(many, '/?columns=rate')
    expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['Name', 'In /s'])
  })

  it('goes from row to row with the arrows and opens one with Enter', async () => {
    const { opened } = await showTable(many)
    const row = (key: string) => document.querySelector<HTMLElement>(`tr[data-key="${key}"]`)
    act(() => row('push')?.focus())
    fireEvent.keyDown(row('push') as HTMLElement, { key: 'ArrowDown' })
    await waitFor(() => expect(document.activeElement).toBe(row('mail')))
    fireEvent.keyDown(row('mail') as HTMLElement, { key: 'Enter' })
    expect(opened).toEqual(['mail'])
    expect([...document.querySelectorAll('tr[tabindex="0"]')]).toEqual([row('mail')])
  })

  it('keeps the order while somebody points, says how many rows would move, and lets go after', async () => {
    const { update } = await showTable(many)
    const body = document.querySelector('tbody') as HTMLElement
    fireEvent.pointerMove(body, { pointerType: 'mouse' })
    update(rowsOf({ orders: 50, push: 9, mail: 7 }))
    expect(names()).toEqual(['push', 'mail', 'orders'])
    expect(cell('orders', 'messages')).toBe('50')
    expect(screen.getByText(/1 row would move/)).toBeDefined()
    fireEvent.pointerLeave(body)
    await waitFor(() => expect(names()).toEqual(['orders', 'push', 'mail']))
  })

  it('tells of new rows above instead of pushing them under the pointer', async () => {
    const { update } = await showTable(many)
    fireEvent.pointerMove(document.querySelector('tbody') as HTMLElement, { pointerType: 'mouse' })
    update(rowsOf({ orders: 5, push: 9, mail: 7, urgent: 99 }))
    expect(names()).not.toContain('urgent')
    const note = screen.getByText('1 new row')
    expect(note.title).toBe('urgent')
    fireEvent.click(within(note.parentElement as HTMLElement).getByRole('button', { name: 'Show' }))
    await waitFor(() => expect(names()[0]).toBe('urgent'))
  })

  it('says why, in one cell, where several are unknown', async () => {
    await showTable(rowsOf({ orders: 5, nightly: null }), '/', {
      reasonOf: (row) => (row.messages === null ? 'no leader' : null),
    })
    const reason = screen.getByText('no leader')
    expect(reason.getAttribute('colspan')).toBe('2')
  })

  it('says why there is nothing', async () => {
    await showTable(new Map())
    expect(screen.getByText('No queues yet')).toBeDefined()
  })

  it('becomes rows of two lines on a phone, with the number in the same place for a test', async () => {
    isPhone = true
    await showTable(many)
    expect(screen.queryByRole('grid')).toBeNull()
    const figures = [...document.querySelectorAll('li[data-key] [data-field="messages"]')]
    expect(figures.map((figure) => figure.getAttribute('data-value'))).toEqual(['9', '7', '5'])
  })
})
