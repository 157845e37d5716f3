import type { OrderState } from '../../core/order';
import type { status as en } from '../en/status';

const is: Record<OrderState, (carrier?: string) => string> = {
  processing: () => 'तैयार हो रहा है, अभी हमारे यहाँ से निकला नहीं है',
  pending: () => 'तैयार हो रहा है, अभी हमारे यहाँ से निकला नहीं है',
  packed: () => 'पैक है और कूरियर का इंतज़ार कर रहा है',
  shipped: (carrier) => `${from(carrier)}भेज दिया गया है`,
  in_transit: (carrier) => `${from(carrier)}रास्ते में है`,
  out_for_delivery: (carrier) => `${from(carrier)}डिलीवरी के लिए निकल चुका है`,
  attempt_failed: (carrier) => `${from(carrier)}पिछली बार डिलीवर नहीं हो पाया`,
  delivered: () => 'डिलीवर हो चुका है',
  exception: (carrier) => `${from(carrier)}रास्ते में रुका हुआ है`,
  rto_initiated: () => 'डिलीवर नहीं हो पाया और हमारे पास वापस आ रहा है',
  rto_delivered: () => 'डिलीवर नहीं हो पाया और हमारे पास वापस आ गया है',
  cancelled: () => 'कैंसिल है',
  lost: (carrier) => `${from(carrier)}लगता है रास्ते में खो गया है`,
};

function from(carrier?: string): string {
  return carrier ? `${carrier} से ` : '';
}

/** Where an order is, in Hindi. */
export const status: typeof en = {
  order: (order, state, carrier) => `${order} ${is[state](carrier)}।`,
  deliveredOn: (order, day) => `${order} ${day} को डिलीवर हो गया था।`,
  split: (order, n) => `${order} ${n} पार्सल में आ रहा है:`,
  parcel: (n, items, state, carrier) => `${n}. ${items}: ${is[state](carrier)}।`,
  parcelDelivered: (n, items, day) => `${n}. ${items}: ${day} को डिलीवर हो गया।`,
  items: (items) => `इसमें है: ${items}।`,
  lastScan: (when, place, note) => `आखिरी स्कैन: ${[note, place, when].filter(Boolean).join(', ')}।`,
  expected: (day) => `${day} तक आने की उम्मीद है।`,
  promised: (day) => `वादा ${day} तक का है।`,
  expectedAndPromised: (expected, promised) => `${expected} तक आने की उम्मीद है, वादा ${promised} तक का है।`,
  noDate: 'कूरियर ने अभी डिलीवरी की तारीख नहीं बताई है।',
  late: (days) => `यह ${days} लेट चल रहा है, माफ़ कीजिए।`,
  willBeLate: (days) => `यह वादे से ${days} बाद आएगा, माफ़ कीजिए।`,
  lateWhy: {
    attempt_failed: (note) => (note ? `कूरियर इसे दे नहीं पाया: ${note}।` : 'कूरियर इसे दे नहीं पाया।'),
    exception: (note) => (note ? `कूरियर के मुताबिक: ${note}।` : 'कूरियर के मुताबिक रास्ते में कोई दिक्कत है।'),
    not_dispatched: () => 'यह अभी हमारे यहाँ से निकला नहीं है।',
    slow: (_note, place) =>
      place ? `कूरियर ने वजह नहीं बताई है; आखिरी बार यह ${place} में दिखा था।` : 'कूरियर ने वजह नहीं बताई है।',
    lost: () => 'कूरियर को यह मिल नहीं रहा।',
    returning: (note) => (note ? `यह हमारे पास वापस आ रहा है: ${note}।` : 'यह हमारे पास वापस आ रहा है।'),
  },
  attempts: (n) => (n === 1 ? 'अब तक एक बार कोशिश हुई है।' : `अब तक ${n} बार कोशिश हुई है।`),
  track: (url) => `यहाँ ट्रैक करें: ${url}`,
  trackingNumber: (number) => `ट्रैकिंग नंबर: ${number}।`,
  cod: (amount) => `डिलीवरी पर देने हैं: ${amount}।`,
  askedDate: (day, slot) =>
    `आपने ${day}${slot ? `, ${slot}` : ''} के लिए कहा है; अनुरोध भेजा गया है, कूरियर ने अभी हाँ नहीं कहा।`,
  agreedDate: (day, slot) => `कूरियर ${day}${slot ? `, ${slot}` : ''} के लिए मान गया है।`,
  askedAddress: 'पता ठीक करने का अनुरोध भेजा गया है; कूरियर ने अभी हाँ नहीं कहा।',
  askedBack: 'आपने इसे हमारे पास वापस लाने को कहा है; अनुरोध भेजा जा चुका है।',
  askedCancel: 'आपने इसे कैंसिल करने को कहा है; अनुरोध दर्ज है।',
  returnOpen: (rma, when, agreed) =>
    `इसका एक रिटर्न चल रहा है: ${rma}।` +
    (when
      ? agreed
        ? ` कूरियर ने ${when} के पिक-अप के लिए हाँ कर दी है।`
        : ` पिक-अप ${when} के लिए माँगा है; कूरियर के हाँ कहते ही यहीं बताऊँगा।`
      : ''),
  whichOpen: (n) => `आपके ${n} ऑर्डर चल रहे हैं। किसकी बात है?`,
  whichOf: (n) => `मुझे आपके ${n} ऑर्डर दिख रहे हैं। किसकी बात है?`,
  orderLine: (state, items) => `${state}, ${items}`,
  noneOpen: 'अभी आपका कोई ऑर्डर रास्ते में नहीं है।',
  askNumber: 'किस ऑर्डर की बात है? ऑर्डर नंबर लिख दीजिए; वह आपके कन्फ़र्मेशन मैसेज में है।',
  cardLate: (days) => `${days} लेट`,
  cardParcel: (n, of) => `पार्सल ${n} / ${of}`,
  steps: { confirmed: 'कन्फ़र्म', packed: 'पैक', on_the_way: 'रास्ते में', out: 'डिलीवरी पर', delivered: 'डिलीवर' },
  next: 'आप क्या करना चाहेंगे?',
};
