/** @jsxImportSource preact */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Live } from '../live';
import type { Act, Customer, Shop } from '../model';
import { phoneOf, sendingBubble, spent, type Tap } from '../phone-model';
import { BubbleDrawing } from './bubble';

/** Dots go by themselves when no answer comes, as on a real phone. */
const TYPING_MS = 25_000;

function stillTyping(since: string | undefined): boolean {
  return since !== undefined && Date.now() - Date.parse(since) < TYPING_MS;
}

interface Props {
  live: Live;
  customer: Customer;
  shop: Shop;
  act(act: Act): void;
}

/** The customer's phone: our own drawing, in the manner of each channel. */
export function PhoneDrawing({ live, customer, shop, act }: Props) {
  const { bubbles: passed, typingSince } = phoneOf(live.wire, customer.user);
  const mine = live.sending.filter((one) => one.user === customer.user);
  const bubbles = [...passed, ...mine.map((one) => sendingBubble(one.act, one.at))];
  // A code for the order's phone comes by WhatsApp whatever the person is writing on.
  const phone = customer.phone.replace('+', '');
  const others = customer.user === phone ? [] : phoneOf(live.wire, phone).bubbles;
  const code = others.findLast((bubble) => bubble.template);
  const screen = useRef<HTMLDivElement>(null);
  const [, redraw] = useState(0);
  const typing = stillTyping(typingSince);
  useLayoutEffect(() => {
    screen.current?.scrollTo({ top: screen.current.scrollHeight });
  }, [bubbles.length, typing]);
  useEffect(() => {
    if (!typing) return undefined;
    const timer = setTimeout(() => redraw((n) => n + 1), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typing, typingSince]);
  const tap = ({ id, title, description, control, of }: Tap) =>
    act({ kind: 'tap', id, title, description, control, of });
  return (
    <section class={`phone ${customer.channel}`} aria-label={`${customer.name}’s phone`}>
      <div class="device">
        <header>
          <span class="avatar" aria-hidden="true">
            {shop.name.slice(0, 1)}
          </span>
          <div>
            <h2>{shop.name}</h2>
            <p>
              {typing
                ? 'typing…'
                : customer.channel === 'whatsapp'
                  ? 'Business account'
                  : `as @${customer.handle}`}
            </p>
          </div>
        </header>
        {code && (
          <p class="alert" role="status">
            <b>WhatsApp on the same phone</b> Approved message “{code.template}”: {code.text}
          </p>
        )}
        <div class="screen" ref={screen} tabIndex={0} role="log" aria-label="Messages on the phone">
          {bubbles.length === 0 && (
            <p class="empty">Nothing here yet. Write something below, or tap a line to try.</p>
          )}
          {bubbles.map((bubble, index) => (
            <BubbleDrawing key={bubble.key} bubble={bubble} spent={spent(bubbles, index)} tap={tap} />
          ))}
          {typing && (
            <div class="bubble shop dots" aria-label="The shop is typing">
              <i />
              <i />
              <i />
            </div>
          )}
        </div>
        <Writing customer={customer} act={act} />
      </div>
    </section>
  );
}

function Writing({ customer, act }: { customer: Customer; act(act: Act): void }) {
  const [text, setText] = useState('');
  const send = (event: Event) => {
    event.preventDefault();
    if (!text.trim()) return;
    act({ kind: 'text', text: text.trim() });
    setText('');
  };
  return (
    <form class="writing" onSubmit={send}>
      <label for="message">Message as {customer.name}</label>
      <div class="row">
        <input
          id="message"
          type="text"
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="primary">
          Send
        </button>
      </div>
      <div class="row">
        <button type="button" onClick={() => act({ kind: 'photo' })}>
          Share a photo
        </button>
        <button type="button" onClick={() => act({ kind: 'voice' })}>
          Share a voice note
        </button>
      </div>
    </form>
  );
}
