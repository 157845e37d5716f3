/**
 * Limits of the WhatsApp Cloud API.
 * Pages under https://developers.facebook.com/documentation/business-messaging/whatsapp/ are named beside each.
 */

/** messages/text-messages */
export const TEXT_CHARACTERS = 4096;
/** messages/interactive-reply-buttons-messages; Meta's page on lists says 4096, others say 1024, so both keep to this. */
export const INTERACTIVE_BODY_CHARACTERS = 1024;
/** messages/interactive-reply-buttons-messages */
export const BUTTONS = 3;
/** messages/interactive-reply-buttons-messages */
export const BUTTON_TITLE_CHARACTERS = 20;
/** messages/interactive-list-messages: rows of all sections together. */
export const LIST_ROWS = 10;
/** messages/interactive-list-messages */
export const ROW_TITLE_CHARACTERS = 24;
/** messages/interactive-list-messages */
export const ROW_DESCRIPTION_CHARACTERS = 72;
/** messages/interactive-list-messages: the shorter of the two limits for ids (buttons: 256). */
export const OPTION_ID_BYTES = 200;
/** messages/interactive-list-messages */
export const LIST_BUTTON_CHARACTERS = 20;
/** messages/send-messages: free replies after the customer's last message. */
export const WINDOW_HOURS = 24;
/** about-the-platform: to one person, at once, before the sustained rate. */
export const PAIR_BURST_MESSAGES = 45;
/** about-the-platform */
export const PAIR_REFILL_MS = 6_000;
