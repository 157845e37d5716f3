import type { Connection } from 'mongoose';

/** A command the product sent to the store. */
export interface SentCommand {
  name: string;
  command: Record<string, unknown>;
}

const SESSION = ['lsid', '$clusterTime', '$db', 'txnNumber', '$readPreference', 'apiVersion'];

/** Watches what goes to the store over one connection. The connection must have been opened with `monitorCommands`. */
export function watchCommands(connection: Connection): SentCommand[] {
  const sent: SentCommand[] = [];
  connection.getClient().on('commandStarted', (event) => {
    const command = Object.fromEntries(
      Object.entries(event.command as Record<string, unknown>).filter(([key]) => !SESSION.includes(key)),
    );
    sent.push({ name: event.commandName, command });
  });
  return sent;
}

/** Commands that ask something of documents; the rest is housekeeping. */
export function isQuery({ name }: SentCommand): boolean {
  return ['find', 'aggregate', 'count', 'distinct', 'update', 'delete', 'findAndModify', 'insert'].includes(
    name,
  );
}

/** One query to explain: an update or delete command may hold several. */
export function explainable({ name, command }: SentCommand): Record<string, unknown>[] {
  if (name === 'insert') return [];
  const rest = name === 'update' ? 'updates' : name === 'delete' ? 'deletes' : undefined;
  if (!rest) return [command];
  const { [name]: collection } = command;
  return (command[rest] as unknown[]).map((one) => ({ [name]: collection, [rest]: [one] }));
}

/** Collection, operation and the shape of what it asks, without the values. */
export function shapeOf(command: Record<string, unknown>): string {
  const [name, collection] = Object.entries(command)[0] ?? [];
  const shape = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.length > 0 ? [shape(value[0])] : [];
    if (value && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
    }
    return '?';
  };
  const first =
    (command.updates as { q: unknown }[] | undefined)?.[0] ??
    (command.deletes as { q: unknown }[] | undefined)?.[0];
  return `${name} ${String(collection)} ${JSON.stringify(shape({ filter: first?.q ?? command.filter ?? command.query ?? command.pipeline, sort: command.sort }))}`;
}
