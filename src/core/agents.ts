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
