/** @jsxImportSource preact */

const paths = {
  chat: 'M4 5h16v11H9l-5 4z',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-5 16-3-7z',
  more: 'M12 6h.01M12 12h.01M12 18h.01',
  photo: 'M4 8h3l2-3h6l2 3h3v11H4zM12 10a3.4 3.4 0 1 0 .01 0',
  check: 'M5 12l5 5 9-10',
  clock: 'M12 7v5l3 2M12 3a9 9 0 1 0 .01 0',
};

/** A line drawing; words beside it or a label carry the meaning. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
