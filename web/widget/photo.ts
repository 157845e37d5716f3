/** Larger originals are not even read, bytes: no phone takes such photos. */
const MOST_BYTES = 40 * 1024 * 1024;
/** Longest side sent, pixels: damage is seen well, and 12 megapixels become a tenth of their bytes. */
const LONGEST_PX = 1600;
const QUALITY = 0.85;

/** A photo made ready: what is sent, and what is drawn. */
export interface Photo {
  bytes: Blob;
  picture: ImageBitmap;
}

/** Why a file cannot be sent. */
export type PhotoFault = 'kind' | 'size';

/**
 * Reads a picture, makes it small and takes out what a camera hides in it (such as the place where it was taken). Drawn as a bitmap: a page
 * need not allow pictures from anywhere for that.
 */
export async function readPhoto(file: Blob): Promise<Photo | PhotoFault> {
  if (!file.type.startsWith('image/')) return 'kind';
  if (file.size > MOST_BYTES) return 'size';
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) return 'kind';
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) return 'kind';
  // Clear parts would become black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const bytes = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  return bytes ? { bytes, picture } : 'kind';
}

/** The pictures among what was pasted or dropped. */
export function filesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}
