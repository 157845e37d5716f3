import type { shop as en } from '../en/shop';

export const shop: typeof en = {
  returns: (days, ways) =>
    `डिलीवरी के ${days} के अंदर सामान लौटा सकते हैं; बदले में ${ways} मिल सकता है। ऑर्डर बताइए, मैं शुरू कर देता हूँ।`,
  noReturns: 'यह दुकान सामान वापस नहीं लेती। आपके सामान में कुछ गड़बड़ हो तो बताइए, हमारी टीम का कोई व्यक्ति देखेगा।',
  notReturnable: (kinds) => `ये वापस नहीं हो सकते: ${kinds}।`,
  delivery: (days, slots, ahead) =>
    `कूरियर ${days} डिलीवरी करता है: ${slots}। मैं ${ahead} आगे तक का कोई और दिन माँग सकता हूँ।`,
  everyDay: 'हर दिन',
  onDays: (days) => `${days} को`,
  people: (when) => `हमारी टीम ${when} जवाब देती है। मैं हर समय यहाँ हूँ।`,
  peopleOn: (days, hours) => `${days}, ${hours}`,
  peopleAlways: 'हमारी टीम दिन-रात जवाब देती है, और मैं भी।',
  peopleUnknown: 'हमारी टीम कब जवाब देती है, यह मैं नहीं बता सकता, पर आपकी बात उन तक पहुँचा सकता हूँ।',
};
