import type { DemoCustomer } from './people';

/** What a visitor lets a customer do on the phone. */
export type CustomerAct =
  | { kind: 'text'; text: string }
  /** `control` says what was tapped, because each comes back in its own form. */
  | {
      kind: 'tap';
      id: string;
      title: string;
      description?: string;
      control: 'button' | 'list' | 'quick-reply' | 'postback' | 'template';
      /** Provider's id of the message that carried it. */
      of?: string;
    }
  | { kind: 'photo' }
  | { kind: 'voice' };

/** How the world around the product behaves; all off at the start. */
export interface World {
  /** The provider answers sends after three seconds. */
  slow: boolean;
  /** Every webhook of a customer's message is delivered twice. */
  duplicate: boolean;
  /** The provider answers sends with an error of its own. */
  down: boolean;
  /** The customer last wrote more than a day ago: only templates may be sent. */
  windowClosed: boolean;
}

/** The messaging provider as the simulator drives it. */
export interface SimulatedProvider {
  /** Hands a customer's message to the product's webhook, signed. */
  act(customer: DemoCustomer, act: CustomerAct): Promise<void>;
  /** Changes how the provider behaves from now on. */
  setWorld(world: World): void;
}
