import { useEffect, useState, type FormEvent } from 'react';
import { Button, Input, Label, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { AgentRole } from '../../../../src/core/agents';
import type { AgentWire } from '../../../../src/desk/wire';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { plain } from '../lib/words';

const ROLES: AgentRole[] = ['agent', 'supervisor', 'admin'];
const BLANK = { name: '', email: '', password: '', role: 'agent' as AgentRole };

function RolePick({
  value,
  label,
  onChange,
}: {
  value: AgentRole;
  label: string;
  onChange(role: AgentRole): void;
}) {
  return (
    <ToggleButtonGroup
      className="choices"
      aria-label={label}
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => onChange([...keys][0] as AgentRole)}
    >
      {ROLES.map((role) => (
        <ToggleButton key={role} id={role} className="choice">
          {plain(role)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

/** Accounts: adding people, their role, switching them off. */
export function People() {
  const desk = useDesk();
  const [people, setPeople] = useState<AgentWire[]>([]);
  const [fresh, setFresh] = useState(BLANK);
  const load = () =>
    desk.attempt(async () => setPeople((await call<{ items: AgentWire[] }>('GET', '/agents')).items));
  useEffect(() => void load(), []);
  const change = (id: string, what: object) =>
    void desk.attempt(() => call('PATCH', `/agents/${encodeURIComponent(id)}`, what)).then(() => load());
  const add = (event: FormEvent) => {
    event.preventDefault();
    void desk
      .attempt(() => call('POST', '/agents', fresh))
      .then((done) => {
        if (!done) return;
        desk.say(`${fresh.name} can sign in now.`);
        setFresh(BLANK);
        void load();
      });
  };
  const field = (name: 'name' | 'email' | 'password', label: string, type: string) => (
    <TextField
      isRequired
      type={type}
      value={fresh[name]}
      onChange={(value) => setFresh((before) => ({ ...before, [name]: value }))}
      autoComplete="off"
    >
      <Label>{label}</Label>
      <Input className="input" />
    </TextField>
  );
  return (
    <section className="card" aria-label="People">
      <h2>People</h2>
      <ul className="plain-list">
        {people.map((person) => {
          const me = person.id === desk.me;
          return (
            <li key={person.id} className={person.active ? '' : 'is-off'}>
              <span className="grow">
                <strong>{person.name}</strong> <span className="quiet">{person.email}</span>
                {me ? ' (you)' : ''}
                {person.active ? '' : ' · switched off'}
              </span>
              {me ? (
                <span className="quiet">{plain(person.role)}</span>
              ) : (
                <>
                  <RolePick
                    label={`Role of ${person.name}`}
                    value={person.role}
                    onChange={(role) => change(person.id, { role })}
                  />
                  <Button
                    className="button small"
                    onPress={() => change(person.id, { active: !person.active })}
                  >
                    {person.active ? 'Switch off' : 'Switch on'}
                  </Button>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <form className="stack" onSubmit={add}>
        <h3>Add a person</h3>
        <div className="two-columns">
          {field('name', 'Name', 'text')}
          {field('email', 'E-mail', 'email')}
          {field('password', 'First password, 10 characters or more', 'password')}
          <div className="pick">
            <span className="label">Role</span>
            <RolePick
              label="Role"
              value={fresh.role}
              onChange={(role) => setFresh((before) => ({ ...before, role }))}
            />
          </div>
        </div>
        <div>
          <Button type="submit" className="button primary">
            Add
          </Button>
        </div>
      </form>
    </section>
  );
}
