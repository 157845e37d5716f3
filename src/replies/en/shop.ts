/** What the shop's rules say, told to whoever asks about the shop and not about an order. */
export const shop = {
  returns: (days: string, ways: string): string =>
    `You can return an item within ${days} of its delivery. Your choice: ${ways}. Tell me the order and I'll start it.`,
  noReturns:
    "This shop doesn't take items back. If something is wrong with yours, tell me, and a person looks at it.",
  notReturnable: (kinds: string): string => `These can't come back: ${kinds}.`,
  delivery: (days: string, slots: string, ahead: string): string =>
    `The courier delivers ${days}: ${slots}. I can ask for another day up to ${ahead} ahead.`,
  everyDay: 'every day',
  onDays: (days: string): string => `on ${days}`,
  people: (when: string): string => `Our team answers ${when}. I'm here all the time.`,
  peopleOn: (days: string, hours: string): string => `${days}, ${hours}`,
  peopleAlways: 'Our team answers day and night, and so do I.',
  peopleUnknown: "I can't say when our team answers, but I can leave them your message.",
};
