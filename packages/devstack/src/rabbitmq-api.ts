/** The few calls of RabbitMQ's management API that setting a broker up needs. */
export interface RabbitmqApi {
  /** HTTP status of a GET; null when nobody answered. */
  status(path: string): Promise<number | null>
  get(path: string): Promise<unknown>
  /** Creates or replaces. */
  put(path: string, body: unknown): Promise<void>
  post(path: string, body: unknown): Promise<void>
  delete(path: string): Promise<void>
}

/** `path` is the part after the host, its names already encoded. Calls give up after 5 s. */
export function createRabbitmqApi(at: {
  management: string
  username: string
  password: string
}): RabbitmqApi {
  const authorization = `Basic ${Buffer.from(`${at.username}:${at.password}`).toString('base64')}`

  function call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${at.management}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(5000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  async function mustSucceed(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await call(method, path, body)
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return response
  }

  return {
    async status(path) {
      try {
        const response = await call('GET', path)
        await response.arrayBuffer()
        return response.status
      } catch {
        return null // not listening yet, or no answer in time
      }
    },
    get: async (path) => (await mustSucceed('GET', path)).json(),
    put: async (path, body) => void (await (await mustSucceed('PUT', path, body)).arrayBuffer()),
    post: async (path, body) => void (await (await mustSucceed('POST', path, body)).arrayBuffer()),
    delete: async (path) => void (await (await mustSucceed('DELETE', path)).arrayBuffer()),
  }
}
