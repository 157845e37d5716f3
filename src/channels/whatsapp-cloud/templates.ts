import { monotonicMs } from '../../core/clock';
import type { ApprovedTemplate } from '../../core/channel';
import type { GraphClient } from '../meta/graph-client';
import { list, object, text, type Json } from '../meta/json';

/** How long a list counts as fresh, milliseconds: approvals take hours, agents open conversations every minute. */
const FRESH_MS = 10 * 60_000;
/** An agent waits for the list; longer than this they see the last one, or none. */
const PATIENCE_MS = 2_000;
/** Most templates a business account may have in use is far above what an agent picks from. */
const MOST = 200;

/** A template as Meta lists it, when an agent can fill it: approved, a text body, blanks by number, no other part that needs a value. */
function readTemplate(one: Json): ApprovedTemplate | undefined {
  if (one.status !== 'APPROVED' || one.category === 'AUTHENTICATION') return undefined;
  const components = list(one.components).map(object);
  const body = components.find(({ type }) => type === 'BODY');
  const words = text(body?.text) ?? '';
  const others = components.filter((component) => component !== body);
  if (words === '' || others.some((part) => /\{\{/.test(JSON.stringify(part)))) return undefined;
  if (others.some(({ type, format }) => type === 'HEADER' && format !== undefined && format !== 'TEXT'))
    return undefined;
  const blanks = new Set([...words.matchAll(/\{\{\s*([^}\s]+)\s*\}\}/g)].map(([, name]) => Number(name)));
  if ([...blanks].some((n) => !(n >= 1 && n <= blanks.size))) return undefined;
  const examples = list(list(object(body?.example).body_text)[0]).map(text);
  const values = Array.from({ length: blanks.size }, (_, n) =>
    examples[n] ? `Value ${n + 1}, such as “${examples[n]}”` : `Value ${n + 1}`,
  );
  const [name, language] = [text(one.name), text(one.language)];
  return name && language ? { name, language, body: words, values } : undefined;
}

/** The approved message templates of one business account, read when asked for and kept for ten minutes. Never throws: the last list, or none. */
export class TemplateList {
  private known: ApprovedTemplate[] = [];
  private readAt = -Infinity;

  constructor(
    private readonly client: GraphClient,
    private readonly businessAccountId: string,
  ) {}

  async approved(): Promise<ApprovedTemplate[]> {
    if (monotonicMs() - this.readAt < FRESH_MS) return this.known;
    const fields = 'name,language,status,category,components';
    const path = `${this.businessAccountId}/message_templates?fields=${fields}&limit=${MOST}`;
    const answer = await this.client.get(path, PATIENCE_MS).catch(() => undefined);
    if (answer?.status !== 200) return this.known;
    this.readAt = monotonicMs();
    this.known = list(answer.body.data).flatMap((one) => readTemplate(object(one)) ?? []);
    return this.known;
  }
}
