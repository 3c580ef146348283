// Before the first paint: the reader's own choice of theme, so that the page never flashes in the other one.
// The key is that of src/theme/color-scheme.ts.
try {
  const stored = localStorage.getItem('weir.color-scheme')
  if (stored === 'dark' || stored === 'light') document.documentElement.dataset.mantineColorScheme = stored
} catch {
  // No storage: the system's choice stands.
}
