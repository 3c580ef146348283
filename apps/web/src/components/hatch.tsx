/** The strokes over what is stale, once per document; `fill="url(#weir-hatch)"` draws with them. */
export function HatchPattern() {
  return (
    <svg width="0" height="0" style={{ position: 'absolute' }} aria-hidden="true">
      <defs>
        <pattern
          id="weir-hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path d="M0 0v5" stroke="var(--hatch)" strokeWidth="1.5" />
        </pattern>
      </defs>
    </svg>
  )
}
