import type { ServerMessage } from '@weir/contract'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createFrameDecoder } from './frame-decoder.ts'

const ping = JSON.stringify({ type: 'ping' })
const error = (message: string) => JSON.stringify({ type: 'error', code: 'INTERNAL', message })

function decoderOf(inflate?: (bytes: ArrayBuffer) => Promise<string>) {
  const messages: ServerMessage[] = []
  const bad: string[] = []
  const decoder = createFrameDecoder({
    onMessage: (message) => messages.push(message),
    onBadFrame: (reason) => bad.push(reason),
    ...(inflate === undefined ? {} : { inflate }),
  })
  return { decoder, messages, bad }
}

async function deflateRaw(text: string): Promise<ArrayBuffer> {
  const stream = new Response(text).body?.pipeThrough(new CompressionStream('deflate-raw'))
  return new Response(stream).arrayBuffer()
}

/** Long enough for every promise that can settle now. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}

describe('createFrameDecoder', () => {
  it('delivers text at once', () => {
    const { decoder, messages } = decoderOf()
    decoder.push(ping)
    expect(messages).toEqual([{ type: 'ping' }])
  })

  it('inflates binary frames', async () => {
    const { decoder, messages } = decoderOf()
    decoder.push(await deflateRaw(error('deflated')))
    await vi.waitFor(() =>
      expect(messages).toEqual([{ type: 'error', code: 'INTERNAL', message: 'deflated' }]),
    )
  })

  it('keeps the order of frames however long each takes to inflate', async () => {
    const numbered = fc.array(fc.record({ isBinary: fc.boolean(), takesMs: fc.nat({ max: 8 }) }), {
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(numbered, async (frames) => {
        // Resolves in the order of `takesMs` rather than of arrival.
        const finish: { takesMs: number; run: () => void }[] = []
        const { decoder, messages } = decoderOf(
          (bytes) =>
            new Promise((resolve) => {
              const index = new Uint8Array(bytes)[0] ?? 0
              finish.push({ takesMs: frames[index]?.takesMs ?? 0, run: () => resolve(error(String(index))) })
            }),
        )
        frames.forEach(({ isBinary }, index) => {
          decoder.push(isBinary ? new Uint8Array([index]).buffer : error(String(index)))
        })
        for (const { run } of finish.toSorted((a, b) => a.takesMs - b.takesMs)) {
          run()
          await settled()
        }
        expect(messages.map((message) => 'message' in message && message.message)).toEqual(
          frames.map((_, index) => String(index)),
        )
      }),
    )
  })

  it.each([
    ['not JSON', '{'],
    ['an unknown type', JSON.stringify({ type: 'surprise' })],
    ['a field that is missing', JSON.stringify({ type: 'stale', id: 's1', since: 1 })],
    ['neither text nor bytes', 7],
  ])('drops a frame that is %s and goes on', (_, frame) => {
    const { decoder, messages, bad } = decoderOf()
    decoder.push(frame)
    decoder.push(ping)
    expect(bad).toHaveLength(1)
    expect(messages).toEqual([{ type: 'ping' }])
  })

  it('drops bytes that are not deflated, in their turn', async () => {
    const { decoder, messages, bad } = decoderOf()
    decoder.push(new Uint8Array([255, 255, 255]).buffer)
    decoder.push(ping)
    expect(messages).toEqual([])
    await vi.waitFor(() => expect(messages).toEqual([{ type: 'ping' }]))
    expect(bad).toHaveLength(1)
  })

  it('says nothing more once closed', async () => {
    let finish = (_: string) => {}
    const { decoder, messages, bad } = decoderOf(
      () =>
        new Promise((resolve) => {
          finish = resolve
        }),
    )
    decoder.push(new ArrayBuffer(1))
    decoder.close()
    finish(ping)
    decoder.push(ping)
    await settled()
    expect([messages, bad]).toEqual([[], []])
  })
})
