import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { fullTime } from '../lib/time';
import { plain } from '../lib/words';

interface Entry {
  at: string;
  actor: string;
  action: string;
  subject?: string;
}

/** Who did what, newest first. */
export function AuditTrail() {
  const desk = useDesk();
  const [entries, setEntries] = useState<Entry[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const load = (after?: string) =>
    desk.attempt(async () => {
      const query = after ? `?cursor=${encodeURIComponent(after)}` : '';
      const page = await call<{ items: Entry[]; nextCursor: string | null }>('GET', `/audit${query}`);
      setEntries((before) => (after ? [...before, ...page.items] : page.items));
      setCursor(page.nextCursor);
    });
  useEffect(() => {
    void load();
    void desk.attempt(async () => {
      const { items } = await call<{ items: { id: string; name: string }[] }>('GET', '/agents');
      setNames(new Map(items.map(({ id, name }) => [id, name])));
    });
  }, []);
  return (
    <section className="card" aria-label="Audit trail">
      <h2>Audit trail</h2>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Audit lines">
        <table className="audit">
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">On</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, i) => (
              <tr key={i}>
                <td>{fullTime(entry.at)}</td>
                <td>{names.get(entry.actor) ?? entry.actor}</td>
                <td>{plain(entry.action)}</td>
                <td className="selectable">{names.get(entry.subject ?? '') ?? entry.subject}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {cursor ? (
        <Button className="button small" onPress={() => void load(cursor)}>
          Older
        </Button>
      ) : null}
    </section>
  );
}
