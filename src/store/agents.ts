import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { Connection, mongo } from 'mongoose';
import { agentSchema } from '../../models/agent';
import type { Agent, AgentRole, AgentStore } from '../core/agents';
import type { Clock } from '../core/clock';
import { AppError } from '../core/errors';

/** Shortest password the desk accepts, characters. */
export const MIN_PASSWORD_CHARACTERS = 10;
const MAX_PASSWORD_CHARACTERS = 200;
const DUPLICATE_KEY = 11000;

interface AgentDocument {
  _id: string;
  email: string;
  name: string;
  role: AgentRole;
  active: boolean;
  passwordHash: string;
  createdAt: Date;
}

function toAgent(doc: AgentDocument): Agent {
  return { id: doc._id, email: doc.email, name: doc.name, role: doc.role, active: doc.active };
}

async function hashPassword(password: string): Promise<string> {
  if (password.length < MIN_PASSWORD_CHARACTERS || password.length > MAX_PASSWORD_CHARACTERS) {
    const message = `must have ${MIN_PASSWORD_CHARACTERS} to ${MAX_PASSWORD_CHARACTERS} characters`;
    throw new AppError('invalid_input', `a password ${message}`, {
      fields: [{ field: 'password', message }],
    });
  }
  return hash(password);
}

/** The people at the desk, in the store. Hashes stay in here: passwords come in, agents go out. */
export function createAgentStore(connection: Connection, clock: Clock): AgentStore {
  const collection = connection.model('Agent', agentSchema).collection;
  const agents = () => collection as unknown as mongo.Collection<AgentDocument>;
  // Compared against when the e-mail is unknown, so that the answer takes equally long.
  let nobody: Promise<string> | undefined;

  return {
    count: () => agents().countDocuments(),
    async add({ email, name, role, password }) {
      const doc: AgentDocument = {
        _id: randomUUID(),
        email: email.trim().toLowerCase(),
        name: name.trim(),
        role,
        active: true,
        passwordHash: await hashPassword(password),
        createdAt: clock.now(),
      };
      try {
        await agents().insertOne(doc);
      } catch (error) {
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
        throw new AppError('conflict', 'an agent with this e-mail exists already', { cause: error });
      }
      return toAgent(doc);
    },
    async list() {
      return (await agents().find().sort({ name: 1 }).limit(1000).toArray()).map(toAgent);
    },
    async get(id) {
      const doc = await agents().findOne({ _id: id });
      return doc ? toAgent(doc) : undefined;
    },
    async verify(email, password) {
      const doc = await agents().findOne({ email: email.trim().toLowerCase() });
      nobody ??= hash(randomUUID());
      const right = await verify(doc?.passwordHash ?? (await nobody), password);
      return doc && right && doc.active ? toAgent(doc) : undefined;
    },
    async update(id, { password, ...change }) {
      const set: Partial<AgentDocument> = Object.fromEntries(
        Object.entries(change).filter(([, value]) => value !== undefined),
      );
      if (password !== undefined) set.passwordHash = await hashPassword(password);
      if (Object.keys(set).length > 0) await agents().updateOne({ _id: id }, { $set: set });
      const doc = await agents().findOne({ _id: id });
      if (!doc) throw new AppError('not_found', 'there is no such agent');
      return toAgent(doc);
    },
  };
}
