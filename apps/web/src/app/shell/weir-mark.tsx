/** The water above the dam, and the one line that runs over it. */
export function WeirMark({ className }: { className?: string | undefined }) {
  return (
    <svg
      className={className}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      aria-hidden="true"
    >
      <path d="M1 4.5h6.5c1.6 0 1.6 7 3.2 7H15" />
      <path d="M1 8h4.6M1 11.5h5.8" />
    </svg>
  )
}
