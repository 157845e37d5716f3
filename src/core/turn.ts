import type { MessageBody } from './activity';
import type { ChannelCapabilities } from './channel';
import type { Content } from './content';
import type { Conversation, HandoffBrief, OpenChoices, Score } from './conversation';
import type { IntentName } from './intents';
import type { Locale } from './locale';
import type { WatchedOrder } from './notices';
import type { ProofGrant } from './proof';

/** One customer message of a turn's batch. `seq` is the transcript number it will have. */
export interface TurnMessage {
  id: string;
  seq: number;
  at: Date;
  body: MessageBody;
}

/**
 * Everything one turn may look at. `id` is equal when the same batch is run again after a crash, so actions keyed by it
 * happen once.
 */
export interface Turn {
  id: string;
  conversation: Readonly<Conversation>;
  messages: TurnMessage[];
  capabilities: ChannelCapabilities;
  now: Date;
  /** People are on duty now. */
  peopleOnDuty: boolean;
  /** To be awaited before the turn changes anything besides its own result; throws when the turn may not go on. Cheap to call again. */
  beforeChange?(): Promise<void>;
}

/** What a turn decided. Committed by one write together with the outgoing messages. */
export interface TurnResult {
  /** Usually one message; empty only when silence is right (the customer stopped us, a person owns it). */
  say: Content[];
  /** Replaces the conversation's dialog state. */
  dialogs: Conversation['dialogs'];
  openChoices?: OpenChoices;
  locale: Locale;
  localeKnown: boolean;
  proofs: ProofGrant[];
  misses: number;
  disclosed: boolean;
  stopped?: boolean;
  /** Orders to follow from now on, when that has changed. */
  watching?: WatchedOrder[];
  /** Everything the customer has asked about so far, when this turn added something. */
  topics?: IntentName[];
  /** Set to bring a person: owner becomes `waiting`. */
  handoff?: HandoffBrief;
  /** Set to come back from `waiting` to the bot (customer asked for the way back). */
  backToBot?: boolean;
  /** The one offer of the way back to the bot was made in this answer (owner `waiting`). */
  wayBackOffered?: boolean;
  /** Answer to the question how people's help was. */
  score?: Score;
  /** Nothing but that was said: a resolved conversation stays resolved. */
  staysResolved?: boolean;
  /** Recorded reason when `say` is empty. */
  silence?: string;
}

/** A turn is a function from conversation state and customer messages to replies and new state. No provider is called inside. */
export type RunTurn = (turn: Turn) => Promise<TurnResult>;
