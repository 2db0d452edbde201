/** The mark: a satchel with its flap and clasp. */

interface MarkProps {
  size?: number;
}

/** Decorative; the product's name stands beside it wherever it matters. */
export function Mark({ size = 24 }: MarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M11.5 11V9.75A2.75 2.75 0 0 1 14.25 7h3.5a2.75 2.75 0 0 1 2.75 2.75V11"
        stroke="#fff"
        strokeOpacity="0.75"
        strokeWidth="1.75"
        strokeLinecap="round"
      />
      <rect x="6.5" y="10.5" width="19" height="14.5" rx="3" fill="#fff" fillOpacity="0.35" />
      <path
        d="M6.5 13.5a3 3 0 0 1 3-3h13a3 3 0 0 1 3 3v1.1a3 3 0 0 1-1.84 2.76l-5.9 2.5a4.5 4.5 0 0 1-3.52 0l-5.9-2.5A3 3 0 0 1 6.5 14.6v-1.1Z"
        fill="#fff"
      />
      <rect x="14.25" y="16.25" width="3.5" height="5" rx="1.25" fill="var(--accent)" />
    </svg>
  );
}
