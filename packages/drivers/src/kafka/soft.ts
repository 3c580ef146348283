import { ResponseError } from '@platformatic/kafka'

/**
 * The answer, with whatever error codes its rows carry. The library rejects a call as soon as any row has one, and
 * keeps the whole parsed answer in the error: one bad partition must cost its own row alone.
 */
export async function soft<R>(call: Promise<R>): Promise<R> {
  try {
    return await call
  } catch (error) {
    // The library's own parser of this call made `response`.
    if (error instanceof ResponseError && error.response) return error.response as R
    throw error
  }
}
