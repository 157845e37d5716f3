import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [number, number, number];
type Shape = { colour: Colour; inside(x: number, y: number): boolean };

const WIDTH = 480;
const HEIGHT = 360;
const BACKDROP: Colour = [214, 206, 192];

const box = (left: number, top: number, right: number, bottom: number, colour: Colour): Shape => ({
  colour,
  inside: (x, y) => x >= left && x < right && y >= top && y < bottom,
});

/** A parcel on a table with a corner torn open: later shapes cover earlier ones. */
const PARCEL: Shape[] = [
  box(0, 250, WIDTH, HEIGHT, [171, 140, 106]),
  box(110, 90, 370, 290, [189, 149, 96]),
  box(110, 90, 370, 120, [205, 168, 117]),
  box(225, 90, 255, 290, [226, 208, 170]),
  {
    colour: [96, 68, 40],
    inside: (x, y) => y >= 90 && y < 175 + 9 * Math.sin(x / 6) && x - y > 195 && x < 370,
  },
  { colour: [178, 58, 46], inside: (x, y) => y > 100 && y < 150 && x - y > 215 && x < 360 },
  box(130, 200, 205, 250, [247, 245, 239]),
  box(138, 210, 196, 214, [60, 60, 60]),
  box(138, 222, 180, 226, [60, 60, 60]),
  box(138, 234, 188, 238, [60, 60, 60]),
];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), out.length - 4);
  return out;
}

/** A photo a demo customer might send, drawn by ourselves, as PNG. */
export function samplePhoto(): Buffer {
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0, at = 0; y < HEIGHT; y += 1) {
    at += 1;
    for (let x = 0; x < WIDTH; x += 1, at += 3) {
      rows.set(PARCEL.findLast((shape) => shape.inside(x, y))?.colour ?? BACKDROP, at);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits a channel, red green blue, nothing interlaced.
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const image = deflateSync(rows);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', image),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const RATE = 8_000;

/** A voice note of one second: two soft tones, as WAV. */
export function sampleVoice(): Buffer {
  const sound = Buffer.alloc(RATE);
  for (let i = 0; i < RATE; i += 1) {
    const fade = Math.sin((Math.PI * (i % (RATE / 2))) / (RATE / 2));
    sound[i] = 128 + Math.round(40 * fade * Math.sin((2 * Math.PI * (i < RATE / 2 ? 392 : 494) * i) / RATE));
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + sound.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE(RATE, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(sound.length, 40);
  return Buffer.concat([header, sound]);
}
