import '../theme/mantine.css'
import '../theme/tokens.css'
import '../theme/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { reloadOnce } from '../lib/reload-once.ts'
import { Providers } from './providers.tsx'
import { initWords } from './words/load-words.ts'

// zod's compiled parsers need `eval`, which the page's content policy forbids.
z.config({ jitless: true })

// After an upgrade of the server the parts of an open page are no longer there: once reloaded, they are the new ones.
window.addEventListener('vite:preloadError', (event) => {
  if (reloadOnce('chunk')) event.preventDefault()
})

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')
await initWords()
createRoot(root).render(
  <StrictMode>
    <Providers />
  </StrictMode>,
)
