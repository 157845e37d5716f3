/** @jsxImportSource preact */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Introduction, IntroductionField } from '../../../src/core/introduction';
import { isIntroduction, type Asked } from '../asked';
import type { Strings } from '../strings';

const KIND = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
} as const;

function faultOf({ field, required }: Asked, value = ''): boolean {
  const text = value.trim();
  return text === '' ? required : !isIntroduction(field, text);
}

/** What the shop asks a visitor before the first message. A field says what is wrong once it has been left, and until it is mended. */
export function IntroductionForm(props: { ask: Asked[]; t: Strings; done(said: Introduction): void }) {
  const { ask, t, done } = props;
  const form = useRef<HTMLFormElement>(null);
  const [said, setSaid] = useState<Introduction>({});
  const [left, setLeft] = useState<IntroductionField[]>([]);
  const field = (name: IntroductionField) => form.current?.querySelector<HTMLInputElement>(`#${name}`);
  useLayoutEffect(() => field(ask[0]?.field ?? 'name')?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    setLeft(ask.map((one) => one.field));
    const wrong = ask.find((one) => faultOf(one, said[one.field]));
    if (wrong) return field(wrong.field)?.focus();
    const trimmed = ask.flatMap((one) => {
      const text = said[one.field]?.trim();
      return text ? [[one.field, text]] : [];
    });
    done(Object.fromEntries(trimmed) as Introduction);
  };
  return (
    <form ref={form} class="introduction" noValidate aria-label={t.introTitle} onSubmit={submit}>
      <h3>{t.introTitle}</h3>
      <p class="why">{t.introWhy}</p>
      {ask.map((one) => {
        const wrong = left.includes(one.field) && faultOf(one, said[one.field]);
        return (
          <p key={one.field}>
            <label for={one.field}>
              {t.intro[one.field]}
              {!one.required && <span class="optional"> {t.introOptional}</span>}
            </label>
            <input
              id={one.field}
              {...KIND[one.field]}
              value={said[one.field] ?? ''}
              required={one.required}
              aria-invalid={wrong}
              aria-describedby={wrong ? `${one.field}-fault` : undefined}
              onInput={(event) => setSaid({ ...said, [one.field]: event.currentTarget.value })}
              onBlur={() => said[one.field] && setLeft([...left, one.field])}
            />
            {wrong && (
              <span class="fault" id={`${one.field}-fault`} role="alert">
                {t.introFault[one.field]}
              </span>
            )}
          </p>
        );
      })}
      {/* The field keeps the focus until the click is whole: a fault shown in between would move the button away. */}
      <button type="submit" onMouseDown={(event) => event.preventDefault()}>
        {t.introStart}
      </button>
    </form>
  );
}
