import { BrokerRejectedError } from '../errors.ts'

/**
 * A path below `/api`, each name encoded. Flags are sent as `true`, lists joined by commas.
 * Throws: BrokerRejectedError for `.`, `..` and the empty name. Proxies and servers drop such segments, even encoded,
 * and the request would reach another object than the one that was meant.
 */
export function managementPath(
  names: readonly string[],
  query: Readonly<Record<string, true | readonly string[]>> = {},
): string {
  const path = `/api/${names.map(encodeName).join('/')}`
  const parameters = Object.entries(query).map(
    ([key, value]) => `${key}=${value === true ? 'true' : value.join(',')}`,
  )
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`
}

/** The queues of one vhost, or (null) of all that we may see. */
export function queuesPath(
  vhost: string | null,
  query: Readonly<Record<string, true | readonly string[]>>,
): string {
  return managementPath(vhost === null ? ['queues'] : ['queues', vhost], query)
}

function encodeName(name: string): string {
  if (name === '' || name === '.' || name === '..') {
    throw new BrokerRejectedError(
      `the management API cannot name ${JSON.stringify(name)}`,
      'a vhost or queue named ".", ".." or "" has no path',
    )
  }
  try {
    return encodeURIComponent(name)
  } catch (cause) {
    // A lone surrogate: no name of a broker's, whose names are UTF-8.
    throw new BrokerRejectedError('the name is not well-formed text', 'not well-formed', { cause })
  }
}
