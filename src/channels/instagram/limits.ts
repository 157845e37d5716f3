/** Limits of Instagram messaging, https://developers.facebook.com/docs/instagram-platform/ and the pages named beside each. */

/** instagram-api-with-instagram-login/messaging-api: a text in UTF-8. */
export const TEXT_BYTES = 1000;
/** messenger-platform/instagram/features/quick-replies */
export const QUICK_REPLIES = 13;
/** messenger-platform/instagram/features/quick-replies */
export const QUICK_REPLY_TITLE_CHARACTERS = 20;
/** messenger-platform/instagram/features/quick-replies */
export const QUICK_REPLY_PAYLOAD_CHARACTERS = 1000;
/** messenger-platform/policy/policy-overview: free replies after the customer's last message. */
export const WINDOW_HOURS = 24;
/** messenger-platform/instagram/features/human-agent: for people, with the tag. */
export const AGENT_WINDOW_HOURS = 7 * 24;
