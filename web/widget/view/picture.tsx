/** @jsxImportSource preact */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Strings } from '../strings';
import { Icon } from './icons';

/** Room of a picture in a bubble, pixels; drawn twice as fine for sharp screens. */
const WIDTH = 200;
const HEIGHT = 150;
const FINE = 2;

/** A photo the customer sent. Sent from another page or another day, only the word is left: nobody but the shop's people gets it back. */
export function Picture({ picture, t }: { picture: ImageBitmap | undefined; t: Strings }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !picture) return;
    const [width, height] = [WIDTH * FINE, HEIGHT * FINE];
    const scale = Math.max(width / picture.width, height / picture.height);
    const [wide, high] = [picture.width * scale, picture.height * scale];
    pen.drawImage(picture, (width - wide) / 2, (height - high) / 2, wide, high);
  }, [picture]);
  if (!picture) {
    return (
      <span class="photo-word">
        <Icon name="photo" /> {t.photoSent}
      </span>
    );
  }
  return (
    <canvas
      ref={canvas}
      class="picture"
      width={WIDTH * FINE}
      height={HEIGHT * FINE}
      role="img"
      aria-label={t.photoSent}
    />
  );
}
