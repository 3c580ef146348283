import { createRouter } from '@tanstack/react-router'
import { BrokenPart } from './broken-part.tsx'
import { UnknownPage } from './routes/unknown-page.tsx'
import { routeTree } from './routes.ts'

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultNotFoundComponent: UnknownPage,
  defaultErrorComponent: BrokenPart,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
