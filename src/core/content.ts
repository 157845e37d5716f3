/** Something the customer can tap or answer by its words or its number. */
export interface ChoiceOption {
  /** What a tap sends back: at most 200 bytes (WhatsApp list rows). Carries the version it was offered for. */
  id: string;
  /** At most 20 characters so that every channel shows it whole. */
  title: string;
  /** One more line where a channel can show it (WhatsApp list: 72 characters). */
  description?: string;
}

/** One step of an order's way, for drawing. */
export interface CardStep {
  label: string;
  state: 'done' | 'current' | 'todo' | 'problem';
  /** ISO time or day. */
  at?: string;
}

/** An order drawn as a card where the channel can; the text beside it always says the same in words. */
export interface OrderCard {
  kind: 'order';
  orderNumber: string;
  title: string;
  status: string;
  late?: string;
  items: { name: string; quantity: number }[];
  /** One line of steps per parcel. */
  parcels: { title?: string; steps: CardStep[]; link?: string; expected?: string }[];
}

/** An approved message template, the only form allowed outside a reply window. */
export interface TemplateContent {
  name: string;
  /** Provider's language code, for example `en` or `hi`. */
  language: string;
  values: string[];
  /** Authentication templates carry the code in a copy button as well. */
  codeButton?: boolean;
}

/**
 * One thing said to the customer, free of any channel. Channels render it: options become buttons, a list, quick replies or
 * numbers; a card is drawn or left out; a template replaces the text where only templates may be sent.
 */
export interface Content {
  text: string;
  options?: ChoiceOption[];
  /** Label that opens the options where they hide behind one (WhatsApp list), at most 20 characters. */
  optionsLabel?: string;
  card?: OrderCard;
  template?: TemplateContent;
}
