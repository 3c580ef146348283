import { createServer, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface RecordingProxy {
  readonly url: string
  /** `GET /api/queues` of every request that came, without the query. */
  readonly requests: string[]
  /** What to answer instead of asking the server; null asks the server. May change at any time. */
  answerInstead: ((path: string, real: string) => string | null) | null
  close(): Promise<void>
}

/** Passes HTTP on to `target` and notes what was asked: an independent count of requests. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port } = new URL(target)
  const requests: string[] = []
  const server = createServer((incoming, outgoing) => {
    requests.push(`${incoming.method} ${incoming.url?.split('?')[0]}`)
    const { method, url: path, headers } = incoming
    const onward = request({ hostname, port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const real = Buffer.concat(chunks).toString()
        reply(outgoing, answer.statusCode ?? 502, proxy.answerInstead?.(path ?? '', real) ?? real)
      })
    })
    onward.on('error', () => reply(outgoing, 502, ''))
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: RecordingProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answerInstead: null,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}

function reply(outgoing: ServerResponse, status: number, body: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
