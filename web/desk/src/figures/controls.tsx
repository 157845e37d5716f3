import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { channelName, languageName } from '../lib/words';
import { daysOf, RANGES, type Question } from './question';

interface Choice {
  label: string;
  all: string;
  value: string;
  options: readonly string[];
  name(option: string): string;
  onChange(value: string): void;
}

function Chosen({ label, all, value, options, name, onChange }: Choice) {
  // What the address names stays to be seen, even when it is no longer offered.
  const offered = value && !options.includes(value) ? [...options, value] : options;
  return (
    <label className="figures-choice">
      {label}
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{all}</option>
        {offered.map((option) => (
          <option key={option} value={option}>
            {name(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Which days, which channel, which language. */
export function Controls({
  question,
  channels,
  locales,
  onChange,
}: {
  question: Question;
  channels: readonly string[];
  locales: readonly string[];
  onChange(question: Question): void;
}) {
  const { range } = question;
  const own = 'from' in range;
  const chosen = own ? 'own' : String(range.days);
  const days = daysOf(range);
  const setDay = (end: 'from' | 'to') => (value: string) =>
    onChange({ ...question, range: { ...days, [end]: value } });
  return (
    <div className="figures-controls" role="group" aria-label="Which figures">
      <ToggleButtonGroup
        className="tabs"
        aria-label="Days"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => {
          const [key] = [...keys];
          onChange({ ...question, range: key === 'own' ? days : { days: Number(key) } });
        }}
      >
        {RANGES.map((n) => (
          <ToggleButton key={n} id={String(n)} className="tab">
            {n} days
          </ToggleButton>
        ))}
        <ToggleButton id="own" className="tab">
          Own dates
        </ToggleButton>
      </ToggleButtonGroup>
      {own ? (
        <>
          <DayField label="First day" value={range.from} onChange={setDay('from')} />
          <DayField label="Last day" value={range.to} onChange={setDay('to')} />
        </>
      ) : null}
      <Chosen
        label="Channel"
        all="All channels"
        value={question.channel}
        options={channels}
        name={channelName}
        onChange={(channel) => onChange({ ...question, channel })}
      />
      <Chosen
        label="Language"
        all="All languages"
        value={question.locale}
        options={locales}
        name={languageName}
        onChange={(locale) => onChange({ ...question, locale })}
      />
    </div>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
}) {
  return (
    <label className="figures-choice">
      {label}
      <input
        type="date"
        className="input"
        value={value}
        required
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
