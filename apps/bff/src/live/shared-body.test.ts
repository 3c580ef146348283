import { inflateRawSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { framePrefix, SharedBody, storedBlock } from './shared-body.ts'

it('makes one valid deflate stream of a prefix of its own and a shared body', async () => {
  const body = new SharedBody({
    seq: 7,
    data: Array.from({ length: 500 }, (_, n) => ({ key: `a/${n}`, messages: n })),
  })
  await body.prepare()
  for (const id of ['q', 'a "quoted" 名']) {
    const frame = Buffer.concat([storedBlock(framePrefix('snapshot', id)), body.deflated ?? Buffer.alloc(0)])
    const message = JSON.parse(inflateRawSync(frame).toString())
    expect(message).toMatchObject({ type: 'snapshot', id, seq: 7 })
    expect(message.data).toHaveLength(500)
  }
})

it('leaves small frames as they are', async () => {
  const body = new SharedBody({ seq: 1, observedAt: 2 })
  await body.prepare()
  expect(body.deflated).toBeNull()
  expect(JSON.parse(framePrefix('delta', 'q').toString() + body.text.toString())).toEqual({
    type: 'delta',
    id: 'q',
    seq: 1,
    observedAt: 2,
  })
})
