/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { Customer, Language } from '../model';
import { linesFor } from '../suggestions';

const LANGUAGES: [Language, string][] = [
  ['en', 'English'],
  ['hi-Latn', 'Hinglish'],
  ['hi', 'हिन्दी'],
];

/** Lines to try; one tap sends it from the phone. */
export function Suggestions({ customer, say }: { customer: Customer; say(text: string): void }) {
  const [language, setLanguage] = useState<Language>(customer.locale);
  useEffect(() => setLanguage(customer.locale), [customer.id]);
  return (
    <section class="box try">
      <h2>Lines to try</h2>
      <fieldset class="choice">
        <legend>Language</legend>
        {LANGUAGES.map(([id, name]) => (
          <label key={id}>
            <input type="radio" name="language" checked={language === id} onChange={() => setLanguage(id)} />
            <span lang={id}>{name}</span>
          </label>
        ))}
      </fieldset>
      <ul lang={language}>
        {linesFor(customer, language).map((line) => (
          <li key={line}>
            <button type="button" onClick={() => say(line)}>
              {line}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
