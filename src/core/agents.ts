import type { Page } from './order-store';

export type AgentRole = 'admin' | 'supervisor' | 'agent';

/** A person at the desk. The password never leaves the store. */
export interface Agent {
  id: string;
  email: string;
  name: string;
  role: AgentRole;
  active: boolean;
}

/** A line of the audit trail: who did what to what, without message text or personal data. */
export interface AuditEntry {
  at: Date;
  actor: string;
  action: string;
  subject?: string;
  detail?: Record<string, string | number | boolean>;
}

/** Appends to the audit trail. */
export interface AuditTrail {
  record(entry: AuditEntry): Promise<void>;
}

/** Creating people from the command line and at the first start. */
export interface AgentDirectory {
  count(): Promise<number>;
  /** Refuses an e-mail that exists (`conflict`) and a password under 10 characters (`invalid_input`). */
  add(agent: { email: string; name: string; role: AgentRole; password: string }): Promise<Agent>;
  list(): Promise<Agent[]>;
}

/** People at the desk, for the desk itself. Passwords go in and never come out. */
export interface AgentStore extends AgentDirectory {
  get(id: string): Promise<Agent | undefined>;
  /** The active agent with this e-mail and password; takes equally long when there is none. */
  verify(email: string, password: string): Promise<Agent | undefined>;
  /** Refuses an unknown id (`not_found`) and a password under 10 characters (`invalid_input`). */
  update(
    id: string,
    change: { name?: string; role?: AgentRole; active?: boolean; password?: string },
  ): Promise<Agent>;
}

/** A signed-in browser. `id` is a hash of the cookie, so that reading the store opens no door. */
export interface DeskSession {
  id: string;
  agentId: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** Absolute end, whatever the activity. */
  expiresAt: Date;
}

/** Sessions of the desk. */
export interface DeskSessionStore {
  create(session: DeskSession): Promise<void>;
  get(id: string): Promise<DeskSession | undefined>;
  touch(id: string, at: Date): Promise<void>;
  end(id: string): Promise<void>;
  /** Ends every session of an agent (new password, switched off), but the one named. */
  endAll(agentId: string, exceptId?: string): Promise<void>;
}

/** The audit trail with what the desk reads back from it. */
export interface AuditStore extends AuditTrail {
  count(filter: { action: string; subject: string; since: Date }): Promise<number>;
  /** Newest first. */
  list(filter: { limit?: number; cursor?: string }): Promise<Page<AuditEntry>>;
}

/** A prepared reply. `text` may hold `{name}`, `{order}` and `{agent}`. */
export interface CannedReply {
  id: string;
  /** Typed after `/`; letters, digits and dashes; unique. */
  shortcut: string;
  text: string;
}

/** Prepared replies, shared by the whole desk. */
export interface CannedReplyStore {
  /** By shortcut, at most 500. */
  list(): Promise<CannedReply[]>;
  /** Creates it, or replaces the one with this shortcut. */
  put(reply: { shortcut: string; text: string }): Promise<CannedReply>;
  remove(id: string): Promise<void>;
}
