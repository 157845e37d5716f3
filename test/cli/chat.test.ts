import { systemClock } from '../../src/core/clock';
import type { RunTurn } from '../../src/core/turn';
import { createWebchatRouter } from '../../src/http/webchat';
import type { Store } from '../../src/store/connect';
import { serve } from '../http/serve';
import { openTestStore } from '../kit/store';
import { startStream, unchanged, type StreamKit } from '../kit/stream';
import { runCommand } from './run-command';

/** Offers two choices for anything typed, and says which one was picked. */
const offering: RunTurn = async (turn) => {
  const [body] = turn.messages.map((message) => message.body);
  const picked = body?.kind === 'choice' ? body.choiceId : undefined;
  return {
    ...unchanged(turn.conversation),
    say: [
      picked
        ? { text: `picked ${picked}` }
        : {
            text: 'which one?\nplease',
            options: [
              { id: 'a', title: 'Track it' },
              { id: 'b', title: 'Move it' },
            ],
          },
    ],
  };
};

describe('chat in the terminal', () => {
  let store: Store;
  let kit: StreamKit;
  let served: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store, { runTurn: offering });
    const router = createWebchatRouter({
      ...kit.stream,
      clock: systemClock,
      secretKey: 'k'.repeat(32),
      allowedOrigins: [],
      publicUrl: 'http://127.0.0.1',
    });
    served = await serve({ mounts: [{ path: '/webchat', router }] });
  });
  afterAll(async () => {
    await served.stop();
    await kit.close();
    await store.close();
  });

  test('goes through the door of the running product; a number picks what was offered', async () => {
    const { code, out } = await runCommand(['chat', '--url', served.url], {}, 'where is my order\n2\n');
    expect(code).toBe(0);
    expect(out).toEqual([
      'bot> which one?',
      '     please',
      '    1. Track it',
      '    2. Move it',
      'bot> picked b',
    ]);
  });

  test('answers lines that are piped in', async () => {
    const { code, out } = await runCommand(['chat', '--url', `${served.url}/`], {}, 'hello\n');
    expect(code).toBe(0);
    expect(out[0]).toBe('bot> which one?');
  });
});
