import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where a BFF listens during `vite dev`; the built page is served by the BFF itself. */
const bff = process.env.WEIR_DEV_BFF ?? 'http://127.0.0.1:8420'

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    outDir: 'dist',
    // An asset inlined as a data: URL would need a wider content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    reportCompressedSize: true,
  },
  server: {
    host: '127.0.0.1',
    // The BFF answers only its own Host and Origin.
    proxy: { '/api': { target: bff, ws: true, changeOrigin: true, headers: { origin: bff } } },
  },
})
