import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createQueryClient } from '../lib/query-client.ts'
import { createPageLive } from '../live/page-live.ts'
import { LiveStoreContext } from '../live/use-live.ts'
import { storedColorScheme } from '../theme/color-scheme.ts'
import { mantineTheme, mantineVariables } from '../theme/mantine-theme.ts'
import { router } from './router.ts'

const queryClient = createQueryClient()
const live = createPageLive()
const colorScheme = storedColorScheme()

/** What every part of the page stands on, made once. */
export function Providers() {
  return (
    <MantineProvider
      theme={mantineTheme}
      cssVariablesResolver={mantineVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <LiveStoreContext value={live}>
          <RouterProvider router={router} />
        </LiveStoreContext>
      </QueryClientProvider>
    </MantineProvider>
  )
}
