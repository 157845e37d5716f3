/** One frame of a stream of server-sent events. */
export interface Frame {
  event: string;
  id?: string;
  data: string;
}

/** Reads a stream of server-sent events until it ends or breaks; never throws. */
export async function readFrames(
  open: () => Promise<Response>,
  take: (frame: Frame) => void,
): Promise<'ended' | 'refused'> {
  try {
    const answer = await open();
    if (!answer.ok || !answer.body) return 'refused';
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of answer.body) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const lines = text.slice(0, end).split('\n');
        text = text.slice(end + 2);
        const field = (name: string) =>
          lines
            .filter((line) => line.startsWith(`${name}:`))
            .map((line) => line.slice(name.length + 1).trim());
        const data = field('data').join('\n');
        if (data) take({ event: field('event')[0] ?? 'message', id: field('id')[0], data });
      }
    }
  } catch {
    // The process at the other end is gone; whoever follows opens the stream again.
  }
  return 'ended';
}
