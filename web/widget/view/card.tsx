/** @jsxImportSource preact */
import { shortDay } from '../dates';
import type { Strings, WidgetLocale } from '../strings';
import type { Card, Step } from '../timeline';
import { Icon } from './icons';
import { SafeLink } from './links';

interface Words {
  t: Strings;
  locale: WidgetLocale;
}

/** An order drawn: status, lateness in words, items, and each parcel's steps side by side. */
export function OrderCard({ card, t, locale }: { card: Card } & Words) {
  return (
    <section class="card" aria-label={`${card.title} ${card.orderNumber}`}>
      <header>
        <span class="number">{card.orderNumber}</span>
        <strong>{card.status}</strong>
      </header>
      {card.late && (
        <p class="late">
          <Icon name="clock" /> {card.late}
        </p>
      )}
      <ul class="items" aria-label={t.items}>
        {card.items.map((item) => (
          <li key={item.name}>
            {item.name}
            {item.quantity > 1 && <span class="count"> × {item.quantity}</span>}
          </li>
        ))}
      </ul>
      <div class="parcels">
        {card.parcels.map((parcel, index) => (
          <Parcel
            key={index}
            parcel={parcel}
            index={index}
            alone={card.parcels.length === 1}
            t={t}
            locale={locale}
          />
        ))}
      </div>
    </section>
  );
}

function Parcel(props: { parcel: Card['parcels'][number]; index: number; alone: boolean } & Words) {
  const { parcel, index, alone, t, locale } = props;
  const title = parcel.title ?? (alone ? undefined : t.parcel(index + 1));
  return (
    <div class="parcel">
      {title && <h4>{title}</h4>}
      <ol>
        {parcel.steps.map((step) => (
          <StepLine key={step.label} step={step} t={t} locale={locale} />
        ))}
      </ol>
      {parcel.expected && <p class="expected">{expectation(parcel.expected, t, locale)}</p>}
      {parcel.link && (
        <p class="track">
          <SafeLink href={parcel.link}>{t.track}</SafeLink>
        </p>
      )}
    </div>
  );
}

function expectation(expected: string, t: Strings, locale: WidgetLocale): string {
  const day = shortDay(expected, locale);
  return day === expected ? expected : t.expected(day);
}

function StepLine({ step, t, locale }: { step: Step } & Words) {
  return (
    <li class={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
      <span class="label">{step.label}</span>
      <span class="hidden"> ({t[step.state]})</span>
      {step.at && <time dateTime={step.at}>{shortDay(step.at, locale)}</time>}
    </li>
  );
}
