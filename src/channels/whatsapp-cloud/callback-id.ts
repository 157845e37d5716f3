const PART = /^(.+)#(\d{1,3})$/s;

/** What Meta carries through to the statuses: our id, and the part where a message needed several. Unique per send, equal across retries. */
export function writeCallbackId(id: string, part: number): string {
  return part === 0 ? id : `${id}#${part}`;
}

/** Reads what `writeCallbackId` wrote. */
export function readCallbackId(value: string | undefined): { callbackId?: string; part?: number } {
  if (value === undefined) return {};
  const [, callbackId, part] = PART.exec(value) ?? [];
  return callbackId === undefined ? { callbackId: value } : { callbackId, part: Number(part) };
}
