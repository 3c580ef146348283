import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '@weir/contract'

const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
let document: Promise<unknown> | null = null

/** The API's description, made from the contract once. */
export function openApiDocument(): Promise<unknown> {
  document ??= generator.generate(contract, {
    info: { title: 'Weir', version: '1' },
    servers: [{ url: '/api/v1' }],
  })
  return document
}
