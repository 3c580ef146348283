import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  /** With its query. */
  readonly path: string
  /** Of the answer's body, as it came over the wire. */
  bytes: number
}

export interface CountingProxy {
  readonly url: string
  /** Every request that came, in order. */
  readonly asked: readonly Asked[]
  close(): Promise<void>
}

/** Passes HTTP on to `target` as it comes and counts it: what Weir asks, told by somebody else. */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target)
  const agent = new Agent({ keepAlive: true })
  const asked: Asked[] = []
  const server = createServer((incoming, outgoing) => {
    const { method, url: path = '/', headers } = incoming
    const one: Asked = { path, bytes: 0 }
    asked.push(one)
    const onward = request({ hostname, port, method, path, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.on('data', (chunk: Buffer) => {
        one.bytes += chunk.length
      })
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
