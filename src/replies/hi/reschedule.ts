import type { reschedule as en } from '../en/reschedule';

/** Moving the delivery, in Hindi. */
export const reschedule: typeof en = {
  whichDay: (order, slot) => `${order} के लिए ${slot ? `${slot} को ` : ''}कौन सा दिन ठीक रहेगा?`,
  whichOfTwo: (order) => `${order} के लिए आप इनमें से कौन सा दिन कह रहे हैं?`,
  dayMissed: 'इसमें मुझे कोई दिन समझ नहीं आया।',
  whichSlot: (day) => `और ${day} को किस समय?`,
  anyTime: 'किसी भी समय',
  confirm: (order, day, slot) => `क्या ${order} की डिलीवरी ${day}${slot ? `, ${slot}` : ''} के लिए कह दूँ?`,
  confirmAgain: (order, day, slot) =>
    `क्या कूरियर से कहूँ कि ${order} लेकर ${day}${slot ? `, ${slot}` : ''} को फिर आए?`,
  yes: 'हाँ, बदल दें',
  otherDay: 'दूसरा दिन',
  otherTime: 'दूसरा समय',
  leave: 'ऐसे ही रहने दें',
  requested: (order, day, slot) =>
    `${order} के लिए ${day}${slot ? `, ${slot}` : ''} का अनुरोध भेज दिया है। कूरियर जो कहेगा, मैं यहीं बताऊँगा।`,
  refused: {
    delivered: 'डिलीवर हो चुका है, इसलिए अब तारीख नहीं बदल सकती।',
    cancelled: 'कैंसिल है, इसलिए डिलीवर करने को कुछ नहीं है।',
    rto: 'हमारे पास वापस आ रहा है, इसलिए तारीख नहीं बदल सकती।',
    lost: 'लगता है रास्ते में खो गया है, इसलिए तारीख नहीं बदल सकती।',
    too_many_changes: 'की तारीख जितनी बार बदल सकती थी, बदल चुकी है।',
    pending_request: 'को कैंसिल करने का फ़ैसला बाकी है, इसलिए अभी तारीख नहीं बदल सकती।',
    no_days: 'के लिए आने वाले दिनों में कोई खाली दिन नहीं है।',
    unknown_shipment: 'में अब ऐसा कोई पार्सल नहीं है।',
  },
  orderRefused: (order, why) => `${order} ${why}`,
  dayRefused: {
    past: (day) => `${day} तो बीत चुका है।`,
    too_soon: (day) => `${day} कूरियर के लिए बहुत जल्दी है।`,
    cut_off: (day) => `${day} के लिए बदलने का आज का समय निकल गया।`,
    too_far: (day) => `${day} बहुत दूर है; कूरियर इतने दिन नहीं रख सकता।`,
    weekday: (day) => `कूरियर उस वार को डिलीवरी नहीं करता (${day})।`,
    holiday: (day) => `${day} को कूरियर की छुट्टी है।`,
    slot: (day) => `${day} को वह समय नहीं मिल सकता।`,
    already_asked: (day) => `${day} के लिए आप पहले ही कह चुके हैं।`,
  },
  nearest: (day) => `सबसे पास का दिन ${day} है।`,
};
