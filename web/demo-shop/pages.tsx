/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { people, signedIn, signIn, signOut, type Person } from './account';
import { GOODS, rupees } from './goods';
import { Orders } from './orders';
import { Picture } from './pictures';

const LANGUAGES: [string, string][] = [
  ['en', 'English'],
  ['hi', 'हिन्दी'],
  ['hi-Latn', 'Hinglish'],
];

/** The shop: strip, heading, the page asked for, foot. */
export function Shop({ page }: { page: 'goods' | 'orders' }) {
  const [everybody, setEverybody] = useState<Person[]>([]);
  const [who, setWho] = useState(signedIn());
  const [bag, setBag] = useState(0);
  useEffect(() => void people().then(setEverybody, () => setEverybody([])), []);
  const person = everybody.find((one) => one.id === who);
  const enter = (id: string) => {
    signIn(id);
    setWho(id);
  };
  const leave = () => {
    signOut();
    setWho(undefined);
  };
  return (
    <>
      <Strip />
      <header class="head">
        <a class="name" href="/">
          Tulsi Lane
        </a>
        <nav aria-label="Shop">
          <a href="/" aria-current={page === 'goods' ? 'page' : undefined}>
            Shop
          </a>
          <a href="/orders" aria-current={page === 'orders' ? 'page' : undefined}>
            Your orders
          </a>
        </nav>
        <p class="bag" role="status">
          {bag === 0 ? 'Your bag is empty' : `${bag} in your bag`}
        </p>
        {person && (
          <p class="account">
            Hello, {person.name.split(' ')[0]}
            <button type="button" onClick={leave}>
              Sign out
            </button>
          </p>
        )}
      </header>
      <main>
        {page === 'goods' ? (
          <Shelf add={() => setBag(bag + 1)} />
        ) : (
          <Orders person={person} everybody={everybody} signIn={enter} />
        )}
      </main>
      <Foot />
    </>
  );
}

function Strip() {
  return (
    <p class="strip">
      <b>This is a demo.</b> The shop is made up; the assistant in the corner is real.{' '}
      <a href="/simulator">Try it on WhatsApp and Instagram in the simulator</a>{' '}
      <a href="/desk/">See the agents’ desk</a>
    </p>
  );
}

function Shelf({ add }: { add(): void }) {
  return (
    <>
      <section class="hero">
        <h1>Made by hand, sent with care</h1>
        <p>
          Clothes and things for the home from thirty workshops across India. Free delivery over ₹999, cash on
          delivery, returns within seven days.
        </p>
      </section>
      <ul class="shelf">
        {GOODS.map((good) => (
          <li key={good.sku}>
            <Picture name={good.picture} />
            <h2>{good.name}</h2>
            <p class="from">{good.from}</p>
            <p class="price">{rupees(good.price)}</p>
            <button type="button" onClick={add} aria-label={`Add to bag: ${good.name}`}>
              Add to bag
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Foot() {
  const now = document.documentElement.lang;
  return (
    <footer>
      <p>
        Tulsi Lane, a shop that exists only in this demo. Nothing can be bought here. Codes that the chat
        sends arrive on the customer’s phone in the <a href="/simulator">simulator</a> or in the{' '}
        <a href="/simulator/mail">mailbox</a>.
      </p>
      <nav aria-label="Language of the chat">
        {LANGUAGES.map(([id, name]) => (
          <a key={id} href={`?lang=${id}`} lang={id} aria-current={now === id ? 'true' : undefined}>
            {name}
          </a>
        ))}
      </nav>
    </footer>
  );
}
