/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';

/** A row of small flowers, for printed cloth. */
function Prints({ points, r = 4 }: { points: [number, number][]; r?: number }) {
  return (
    <g class="print">
      {points.map(([x, y]) => (
        <g key={`${x},${y}`}>
          <circle cx={x} cy={y} r={r} />
          <circle cx={x} cy={y} r={r / 2.4} class="heart" />
        </g>
      ))}
    </g>
  );
}

const KURTA_POINTS: [number, number][] = [78, 104, 130, 156, 182].flatMap((y, row) =>
  [88, 112].map((x): [number, number] => [x + (row % 2 ? 0 : 6) - 3, y]),
);
const CUSHION_POINTS: [number, number][] = [76, 100, 124].flatMap((y) =>
  [76, 100, 124].map((x): [number, number] => [x, y]),
);

const DRAWINGS = {
  kurta: (
    <>
      <path class="indigo" d="M70 44 88 34h24l18 10 30 38-20 15-14-17v116H74V80L60 97 40 82z" />
      <path class="cream" d="M88 34c4 10 20 10 24 0l-4 0c-3 5-13 5-16 0zM98 44h4v34h-4z" />
      <path class="cream" d="M74 186h52v5H74z" />
      <Prints points={KURTA_POINTS} />
    </>
  ),
  tee: (
    <>
      <path class="black" d="M66 54 88 44c4 9 20 9 24 0l22 10 28 30-20 17-12-11v76H70V90l-12 11-20-17z" />
      <path class="seam" d="M88 44c4 9 20 9 24 0M70 158h60" />
    </>
  ),
  mugs: (
    <>
      <path class="line-thick" d="M104 92c26-6 26 44-2 38M168 112c24-6 24 40-2 34" />
      <path class="white" d="M34 76h72v66c0 10-6 16-16 16H50c-10 0-16-6-16-16z" />
      <path class="cobalt" d="M34 92h72v12H34zM34 138h72v6H34z" />
      <path class="white" d="M102 100h68v60c0 10-6 16-16 16h-36c-10 0-16-6-16-16z" />
      <path class="cobalt" d="M102 116h68v10h-68zM102 156h68v6h-68z" />
      <Prints
        points={[
          [52, 122],
          [72, 122],
          [90, 122],
          [120, 142],
          [138, 142],
          [156, 142],
        ]}
        r={6}
      />
    </>
  ),
  lamp: (
    <>
      <path class="glow" d="M100 32c46 0 74 44 76 78H24c2-34 30-78 76-78z" />
      <path class="cream" d="M76 44h48l24 60H52z" />
      <path class="seam" d="M60 84h80M68 64h64" />
      <path
        class="brass"
        d="M95 104h10v22c0 8 12 14 12 26s-6 18-12 20h25c4 0 6 3 6 8H64c0-5 2-8 6-8h25c-6-2-12-8-12-20s12-18 12-26z"
      />
    </>
  ),
  juttis: (
    <>
      <path
        class="tan"
        d="M30 112c8-10 22-12 34-6 22 12 52 12 66 22 10 8 12 18 4 22-26 6-78 4-96-2-12-6-16-24-8-36z"
      />
      <path class="dark" d="M40 112c8-6 18-6 26-2 6 8-2 20-12 22-10 0-18-10-14-20z" />
      <path
        class="tan"
        d="M62 74c8-10 22-12 34-6 22 12 52 10 66 20 10 8 12 18 4 22-26 6-78 6-96 0-12-6-16-24-8-36z"
      />
      <path class="dark" d="M72 74c8-6 18-6 26-2 6 8-2 20-12 22-10 0-18-10-14-20z" />
      <Prints
        points={[
          [116, 90],
          [132, 94],
          [148, 98],
          [86, 132],
          [102, 136],
          [118, 140],
        ]}
        r={4}
      />
    </>
  ),
  planter: (
    <>
      <path
        class="leaf"
        d="M98 92C70 90 54 66 58 40c26 4 42 26 40 52zM102 92c0-34 16-56 44-60 4 30-14 56-44 60zM100 88c-10-24-6-44 4-58 12 18 10 40-4 58z"
      />
      <path class="clay" d="M56 92h88l-10 66H66zM50 84h100v14H50z" />
      <path class="dark" d="M56 160h88v8H56z" />
      <path class="seam" d="M61 120h78" />
    </>
  ),
  cushion: (
    <>
      <path class="marigold" d="M50 52c34 8 66 8 100 0-8 34-8 62 0 96-34-8-66-8-100 0 8-34 8-62 0-96z" />
      <path class="stitch" d="M64 66c24 5 48 5 72 0-5 24-5 44 0 68-24-5-48-5-72 0 5-24 5-44 0-68z" />
      <Prints points={CUSHION_POINTS} r={6} />
    </>
  ),
  shawl: (
    <>
      <path class="wool" d="M44 46h112v106H44z" />
      <path class="maroon" d="M44 58h112v8H44zM44 132h112v8H44z" />
      <path
        class="zig"
        d="m44 84 14-10 14 10 14-10 14 10 14-10 14 10 14-10 14 10M44 118l14-10 14 10 14-10 14 10 14-10 14 10 14-10 14 10"
      />
      <path
        class="fringe"
        d="M48 152v18m12-18v18m12-18v18m12-18v18m12-18v18m12-18v18m12-18v18m12-18v18m12-18v18"
      />
    </>
  ),
} satisfies Record<string, ComponentChildren>;

/** Name of a drawing. */
export type PictureName = keyof typeof DRAWINGS;

/** Our own drawing of a thing on the shelf; the words beside it say what it is. */
export function Picture({ name }: { name: PictureName }) {
  return (
    <svg class={`picture ${name}`} viewBox="0 0 200 200" aria-hidden="true" focusable="false">
      <rect class="ground" width="200" height="200" />
      {DRAWINGS[name]}
    </svg>
  );
}
