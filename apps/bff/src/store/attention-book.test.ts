import { expect, it } from 'vitest'
import { AttentionBook, type Finding } from './attention-book.ts'

const instance = { id: 'i', kind: 'rabbitmq' } as const
const bursting: Finding = {
  rule: 'queueBursting',
  severity: 'look',
  object: 'a/q',
  figures: { messages: 900 },
  holdMs: 2_000,
}

it('shows a finding once it has held, since it began', () => {
  const book = new AttentionBook()
  book.update(instance, [bursting], 10_000)
  expect(book.rows(['i'])).toEqual([])
  book.update(instance, [{ ...bursting, figures: { messages: 950 } }], 12_000)
  expect(book.rows(['i'])).toMatchObject([{ since: 10_000, figures: { messages: 950 }, instanceId: 'i' }])
})

it('forgets at once what never held', () => {
  const book = new AttentionBook()
  book.update(instance, [bursting], 0)
  book.update(instance, [], 1_000)
  book.update(instance, [bursting], 2_500)
  expect(book.rows(['i'])).toEqual([])
})

it('lets a line linger, then go', () => {
  const book = new AttentionBook()
  for (const at of [0, 2_000]) book.update(instance, [bursting], at)
  book.update(instance, [], 16_000)
  expect(book.rows(['i'])).toHaveLength(1)
  book.update(instance, [], 18_000)
  expect(book.rows(['i'])).toEqual([])
})

it('puts the worst first, then the longest standing, and nobody else’s', () => {
  const book = new AttentionBook()
  const at = (object: string, severity: 'look' | 'act') => ({ ...bursting, object, severity, holdMs: 0 })
  book.update(instance, [at('old', 'look')], 0)
  book.update(instance, [at('old', 'look'), at('new', 'look'), at('bad', 'act')], 1_000)
  book.update({ id: 'other', kind: 'rabbitmq' }, [at('foreign', 'act')], 1_000)
  expect(book.rows(['i']).map((row) => row.object)).toEqual(['bad', 'old', 'new'])
})
