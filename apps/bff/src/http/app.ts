import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { ORPCError } from '@orpc/server'
import { ErrorCode } from '@weir/contract'
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { localOperator } from '../access/actor.ts'
import { hostAllowed, originIsOwn } from '../access/host-and-origin.ts'
import { errorBody } from './error-body.ts'
import { openApiDocument } from './open-api.ts'
import type { Services } from './request-context.ts'
import { router } from './router.ts'

export interface AppOptions {
  readonly services: Services
  readonly staticDir: string
  readonly metrics: Registry
  port(): number
  /** Whether the store is open and the collector runs. */
  ready(): boolean
}

/** Everything over HTTP, in the order in which a request passes it. */
export function createApp(options: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use(identify)
  app.use(securityHeaders())
  app.use(ownHostOnly(options))
  app.use(changesFromOwnPageOnly(options))
  app.get('/healthz', (_request, response) => void response.type('text').send('ok\n'))
  app.get('/readyz', (_request, response) => {
    response
      .status(options.ready() ? 200 : 503)
      .type('text')
      .send(options.ready() ? 'ready\n' : 'starting\n')
  })
  app.get('/metrics', async (_request, response) => {
    response.type(options.metrics.contentType).send(await options.metrics.metrics())
  })
  app.get('/api/openapi.json', async (_request, response) => void response.json(await openApiDocument()))
  app.use('/api/v1', api(options.services))
  app.use('/api', (_request, response) => {
    respond(response, new ORPCError(ErrorCode.notFound, { status: 404, message: 'no such path' }))
  })
  app.use(page(options.staticDir))
  app.use(failure(options.services.log))
  return app
}

/** Each request has an id, which its answer and its log lines carry. */
function identify(_request: Request, response: Response, next: () => void): void {
  response.locals.requestId = randomUUID()
  response.setHeader('X-Request-Id', response.locals.requestId)
  next()
}

function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Mantine and the chart library set styles on elements: docs/adr/0002-inline-styles.md.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Weir is served on loopback without TLS until sign-in exists: a browser must not be told to insist on it.
    strictTransportSecurity: false,
    // For browsers that don't know frame-ancestors.
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  })
}

/** A page under another name that resolves to this machine gets nothing. */
function ownHostOnly({ port }: AppOptions) {
  return (request: Request, response: Response, next: () => void): void => {
    if (hostAllowed(request.headers.host, port())) return next()
    respond(
      response,
      new ORPCError(ErrorCode.hostRefused, { status: 403, message: 'not a name of this server' }),
    )
  }
}

/** What changes something must come from our own page. */
function changesFromOwnPageOnly({ port }: AppOptions) {
  return (request: Request, response: Response, next: () => void): void => {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (reads || originIsOwn(request.headers.origin, port())) return next()
    respond(
      response,
      new ORPCError(ErrorCode.originRefused, { status: 403, message: 'not from our own page' }),
    )
  }
}

function api(services: Services) {
  const handler = new OpenAPIHandler(router, {
    customErrorResponseBodyEncoder: (error) => error.data,
    interceptors: [
      async ({ next, context }) => {
        try {
          return await next()
        } catch (error) {
          const { status, body } = errorBody(error, context.requestId)
          if (body.code === ErrorCode.internal)
            services.log.error({ err: error, requestId: context.requestId }, 'request failed')
          throw new ORPCError(body.code, { status, message: body.message, data: body })
        }
      },
    ],
  })
  return async (request: Request, response: Response, next: () => void): Promise<void> => {
    response.setHeader('Cache-Control', 'no-store')
    const { requestId } = response.locals
    const context = { ...services, actor: localOperator, requestId }
    const { matched } = await handler.handle(request, response, { prefix: '/api/v1', context })
    if (!matched) next()
  }
}

/** Assets carry their content in their name and never change; the page itself is asked for each time. */
function page(staticDir: string) {
  const pages = express.Router()
  pages.use(
    '/assets',
    express.static(join(staticDir, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  )
  pages.use(express.static(staticDir, { index: false, maxAge: 0 }))
  pages.use((request, response, next) => {
    if (request.method !== 'GET') return next()
    response.setHeader('Cache-Control', 'no-cache')
    response.sendFile(join(staticDir, 'index.html'), (error) => error && next(error))
  })
  return pages
}

function respond(response: Response, error: unknown): void {
  const { status, body } = errorBody(error, response.locals.requestId)
  response.status(status).json(body)
}

function failure(log: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    const missing =
      (error as { status?: number }).status === 404 || (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (!missing) log.error({ err: error, requestId: response.locals.requestId }, 'request failed')
    if (response.headersSent) return void response.end()
    respond(
      response,
      missing ? new ORPCError(ErrorCode.notFound, { status: 404, message: 'no such path' }) : error,
    )
  }
}
