import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const weir: MantineColorsTuple = [
  '#e3f3f0',
  '#c6e8e2',
  '#9fd9d0',
  '#72cbbf',
  '#46c3b3',
  '#37b5a5',
  '#1f9486',
  '#08766b',
  '#066158',
  '#04443e',
]
const dark: MantineColorsTuple = [
  '#e5eaec',
  '#c7cfd3',
  '#a9b3b9',
  '#858f96',
  '#363e44',
  '#22282c',
  '#191e22',
  '#111517',
  '#0d1012',
  '#0b0e10',
]
const gray: MantineColorsTuple = [
  '#f5f7f8',
  '#eef1f2',
  '#e8ecee',
  '#dbe1e4',
  '#ccd4d8',
  '#a3adb3',
  '#7f8b93',
  '#5f6a72',
  '#47525a',
  '#14191c',
]

const px = (n: number) => `${n / 16}rem`

/** Mantine in the page's own measures and colours: see tokens.css, which stays the one source of both. */
export const mantineTheme = createTheme({
  primaryColor: 'weir',
  primaryShade: { dark: 5, light: 7 },
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'default',
  defaultRadius: 'sm',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  colors: { weir, dark, gray },
  fontSizes: { xs: px(11), sm: px(12), md: px(13), lg: px(15), xl: px(18) },
  lineHeights: { xs: '1.45', sm: '1.334', md: '1.54', lg: '1.334', xl: '1.334' },
  spacing: { xs: px(4), sm: px(8), md: px(12), lg: px(16), xl: px(24) },
  radius: { xs: px(3), sm: px(4), md: px(6) },
})

const ours = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-default': 'transparent',
  '--mantine-color-default-hover': 'var(--bg-hover)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--act)',
  '--mantine-color-anchor': 'var(--accent)',
}

export const mantineVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })
