import type { Resolution, ReturnReason } from '../../core/understanding';
import type { returns as en } from '../en/returns';

const reasons: Record<ReturnReason, string> = {
  damaged: 'टूटा या खराब',
  wrong_item: 'गलत सामान',
  size: 'साइज़ सही नहीं',
  not_as_described: 'बताए जैसा नहीं',
  changed_mind: 'अब नहीं चाहिए',
  missing_parts: 'पूरा सामान नहीं',
  other: 'कोई और वजह',
};
const gets: Record<Resolution, string> = {
  refund: 'पैसे वापस',
  store_credit: 'स्टोर क्रेडिट',
  replacement: 'वही सामान दोबारा',
  exchange: 'दूसरा साइज़',
};

/** Sending something back, in Hindi. */
export const returns: typeof en = {
  whichItem: (order) => `${order} में से कौन सा सामान लौटाना है?`,
  all: 'सब कुछ',
  moreItems: 'एक और सामान भी',
  howMany: (item, n) => `"${item}" में से कितने लौटाने हैं? आपके पास ${n} हैं।`,
  tooMany: (n) => `लौटाने के लिए ${n} ही हैं। कितने?`,
  why: 'अफ़सोस है कि बात नहीं बनी। वजह क्या है?',
  photo: 'इसकी एक फ़ोटो भेज दीजिए, ताकि हम देख सकें कि क्या गड़बड़ हुई। फ़ोटो न भेज पाएँ तो कोई व्यक्ति मदद करेगा।',
  noPhoto: 'फ़ोटो नहीं भेज सकते',
  whichResolution: 'इसके बदले आप क्या चाहेंगे?',
  whichSize: 'कौन सा साइज़ या रंग चाहिए?',
  whichDay: (order) => `कूरियर इसे लेने किस दिन आए (${order})?`,
  whichSlot: (day) => `और ${day} को किस समय?`,
  account: 'पेमेंट नकद हुआ था, तो पैसे कहाँ भेजें? UPI आईडी (जैसे name@bank) लिखिए, या खाता नंबर और IFSC।',
  accountRetry: 'इसमें मुझे UPI आईडी (जैसे name@bank) या IFSC के साथ खाता नंबर नहीं मिला। फिर से लिखिए।',
  noAccount: 'आपके खाते की जानकारी कोई व्यक्ति लेगा।',
  reason: (reason) => reasons[reason],
  gets: (resolution) => gets[resolution],
  summary: (order) => `${order} का रिटर्न एक बार देख लीजिए:`,
  summaryItems: (items) => `सामान: ${items}`,
  summaryReason: (reason) => `वजह: ${reason}`,
  summaryGets: (what) => `आपको मिलेगा: ${what}`,
  summaryPickup: (when, where) => `पिक-अप: ${when}, यहाँ से: ${where}`,
  summaryAccount: (masked) => `पैसे यहाँ आएँगे: ${masked}`,
  confirm: 'क्या अनुरोध भेज दूँ?',
  yes: 'हाँ, भेज दें',
  change: 'कुछ बदलना है',
  leave: 'नहीं लौटाना',
  changeWhat: 'क्या बदलना है?',
  changeTitles: { items: 'सामान', reason: 'वजह', resolution: 'बदले में क्या', pickup: 'पिक-अप', account: 'खाता' },
  requested: (order, rma, when) =>
    `${order} के रिटर्न का अनुरोध दर्ज हो गया है। RMA नंबर ${rma} है। पिक-अप ${when} के लिए कहा है। कूरियर के हाँ कहते ही मैं यहीं बताऊँगा।`,
  photoToPerson: 'पहले हमारी टीम का एक व्यक्ति आपकी फ़ोटो देखेगा।',
  cancelReturn: 'जो रिटर्न दर्ज हो चुका है, उसे रोकने के लिए किसी व्यक्ति को देखना होगा।',
  otherPickup: 'किसी और पते से पिक-अप के लिए किसी व्यक्ति को देखना होगा।',
  refused: {
    not_delivered: (order) => `${order} अभी डिलीवर नहीं हुआ है, इसलिए अभी लौटाने को कुछ नहीं है।`,
    delivery_unknown: (order) =>
      `मुझे नहीं दिख रहा कि ${order} कब पहुँचा, इसलिए रिटर्न का फ़ैसला किसी व्यक्ति को करना होगा।`,
    window_over: (order, days, until) =>
      `${order} अब नहीं लौट सकता: रिटर्न डिलीवरी के बाद ${days} तक हो सकता है, और वह समय ${until} को पूरा हो गया।`,
    non_returnable: (items) => `${items} वापस नहीं हो सकता; यह उन चीज़ों में है जो हम वापस नहीं लेते।`,
    already_returned: (items, rma) =>
      `${items} का रिटर्न पहले से चल रहा है: ${rma}। एक ही सामान दो बार नहीं लौट सकता।`,
  },
  disagree: 'अगर आपको यह ठीक नहीं लगता, तो कोई व्यक्ति इसे देख सकता है।',
};
