import { randomUUID } from 'node:crypto';
import type { ConversationWire, MessageWire } from '../../src/desk/wire';
import { eventually } from '../kit/stream';
import { startDesk, type DeskKit } from './desk-kit';
import type { DeskClient } from './desk-client';

describe('the live feed of the desk', () => {
  let desk: DeskKit;
  let meera: DeskClient;
  let arjun: DeskClient;
  let last = 919811100200;
  const nextUser = () => String((last += 1));
  beforeAll(async () => {
    desk = await startDesk();
    [meera, arjun] = await Promise.all([desk.agent('agent', 'Meera Nair'), desk.agent('agent', 'Arjun Das')]);
  });
  afterAll(() => desk.close());

  const follow = (key: string, after: number) => `?follow=${encodeURIComponent(key)}&after=${after}`;
  const note = (client: DeskClient, key: string, text: string) =>
    client.done<MessageWire>('POST', client.conversation(key, '/messages'), {
      id: randomUUID(),
      text,
      visibility: 'note',
    });

  it('tells of a new hand-over and of the counts', async () => {
    const feed = await meera.feed();
    await feed.until('ping');
    const key = await desk.waiting(nextUser(), 'a person please');
    const lines = await feed.until('queue', (changed) =>
      changed.some((item) => item.key === key && item.owner === 'waiting'),
    );
    expect(lines.find((item) => item.key === key)).toMatchObject({ reason: 'asked', owner: 'waiting' });
    await feed.until('counts', (counts) => counts.waiting > 0);
    feed.close();
  });

  it('brings every message of the followed conversation in order, none twice, also over a reconnect', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'hello');
    const { sequence } = await meera.done<ConversationWire>('GET', meera.conversation(key));
    const first = await meera.feed(follow(key, sequence));
    await note(meera, key, 'one');
    await first.until('message', ({ text }) => text === 'one');
    first.close();
    await note(meera, key, 'two');
    await note(arjun, key, 'three');
    const got = first.seen.filter(({ event }) => event === 'message').map(({ id }) => Number(id));
    const second = await meera.feed(follow(key, got.at(-1)!));
    await note(meera, key, 'four');
    await second.until('message', ({ text }) => text === 'four');
    second.close();
    const messages = [...first.seen, ...second.seen].filter(({ event }) => event === 'message');
    expect(messages.map(({ data }) => (data as MessageWire).text)).toEqual(['one', 'two', 'three', 'four']);
    expect(messages.map(({ id }) => Number(id))).toEqual([1, 2, 3, 4].map((n) => sequence + n));
  });

  it('brings the queue changes since the time the page names', async () => {
    const key = await desk.waiting(nextUser(), 'while you were away');
    const since = encodeURIComponent(new Date(Date.now() - 60_000).toISOString());
    const feed = await meera.feed(`?since=${since}`);
    await feed.until('queue', (changed) => changed.some((item) => item.key === key));
    feed.close();
  });

  it('tells of a changed owner and of delivery states', async () => {
    const user = nextUser();
    const key = await desk.waiting(user, 'hello');
    const { sequence } = await meera.done<ConversationWire>('GET', meera.conversation(key));
    const feed = await arjun.feed(follow(key, sequence));
    await feed.until('ping');
    const sent = await meera.done<MessageWire>('POST', meera.conversation(key, '/messages'), {
      id: randomUUID(),
      text: 'Hello from Meera.',
    });
    await feed.until(
      'owner',
      ({ owner, assigneeName }) => owner === 'agent' && assigneeName === 'Meera Nair',
    );
    const state = await eventually('a state is told', () =>
      feed.seen.find(({ event, data }) => event === 'state' && (data as { id: string }).id === sent.id),
    );
    expect(['sent', 'delivered', 'read']).toContain((state.data as { state: string }).state);
    feed.close();
  });

  it('shows who else looks and who writes, and forgets them when they leave', async () => {
    const key = await desk.waiting(nextUser(), 'hello');
    const mine = await meera.feed(follow(key, 0));
    await mine.until('ping');
    const theirs = await arjun.feed(follow(key, 0));
    await mine.until('viewers', (viewers) =>
      viewers.some(({ name, typing }) => name === 'Arjun Das' && !typing),
    );
    await arjun.done('POST', arjun.conversation(key, '/typing'), { on: true, mode: 'note' });
    await mine.until('viewers', (viewers) => viewers.some(({ typing }) => typing));
    const shown = await meera.done<ConversationWire>('GET', meera.conversation(key));
    expect(shown.viewers).toEqual([{ id: arjun.session.agent.id, name: 'Arjun Das', typing: true }]);
    theirs.close();
    await eventually('Arjun has left', () => {
      const latest = mine.seen.filter(({ event }) => event === 'viewers').at(-1);
      return (latest?.data as unknown[]).length === 0;
    });
    mine.close();
  });

  it('shows the customer typing dots for a reply of the holder only, never for a note', async () => {
    const key = await desk.waiting(nextUser(), 'hello');
    const heard: boolean[] = [];
    const stop = desk.stream.stream.feeds.follow(key, 0, { publicOnly: true }, (event) => {
      if (event.type === 'typing' && event.from === 'agent') heard.push(event.on);
    });
    const typing = (client: DeskClient, mode: string, on: boolean) =>
      client.done('POST', client.conversation(key, '/typing'), { on, mode });
    await typing(meera, 'reply', true);
    await meera.done('POST', meera.conversation(key, '/owner'), { owner: 'agent' });
    await typing(arjun, 'reply', true);
    await typing(meera, 'note', true);
    expect(heard).toEqual([]);
    await typing(meera, 'reply', true);
    await typing(meera, 'reply', false);
    expect(heard).toEqual([true, false]);
    stop();
  });

  it('refuses to follow what does not exist, and ends with the product', async () => {
    await expect(meera.feed('?follow=whatsapp:1:2')).rejects.toThrow('404');
    await expect(meera.feed('?after=-1')).rejects.toThrow('422');
    const other = await startDesk();
    const client = await other.agent('agent');
    const feed = await client.feed();
    await feed.until('ping');
    await other.close();
    await feed.closed;
  });
});
