/** WhatsApp publishes no limits for this client; these are ours, and careful. */

/** The Cloud API's limit of a text, which phones show whole. https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages */
export const TEXT_CHARACTERS = 4096;

/** A person cannot write faster for long, and accounts that do are noticed. */
export const SENDS_PER_SECOND = 1;

/** How often the child must be heard of before it counts as frozen, milliseconds. */
export const SILENCE_MS = 90_000;

/** Pauses before the child is started again, milliseconds; the last one stays. */
export const RESTART_MS = [1_000, 3_000, 10_000, 30_000, 120_000, 300_000];

/** A child that was ready for so long begins again with the first pause, milliseconds. */
export const STEADY_MS = 60_000;

/** For so long after the start, a send may have left in the process before this one, milliseconds. */
export const RECOVERY_MS = 120_000;

/** How soon sends are tried again while the session is being opened, milliseconds. */
export const NOT_READY_MS = 10_000;

/** How long a stopping child may take to close the browser, milliseconds. */
export const STOP_MS = 4_000;
