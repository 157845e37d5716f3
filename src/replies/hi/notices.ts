import type { notices as en } from '../en/notices';

/** What changed of a parcel, in Hindi. */
export const notices: typeof en = {
  order: (order) => `ऑर्डर ${order}`,
  parcel: (n, order) => `ऑर्डर ${order} का पार्सल ${n}`,
  attemptFailed: (what, reason, day) =>
    `कूरियर ${what} देने आया था, पर दे नहीं पाया${reason ? ` (${reason})` : ''}` +
    `${day ? `; अब यह ${day} को आने की उम्मीद है` : ''}।`,
  anotherDay: 'अगर कोई और दिन चाहिए तो बस यहीं बता दीजिए।',
  newDate: (what, day) => `${what} अब ${day} को आने की उम्मीद है।`,
  delivered: (what, day) =>
    `${what} ${day ? `${day} को ` : ''}डिलीवर हो गया है। अगर आपको नहीं मिला तो बस यहीं बता दीजिए।`,
  returning: (what) => `${what} डिलीवर नहीं हो पाया और हमारे पास वापस आ रहा है; मदद चाहिए तो यहीं बताइए।`,
  lost: (what) => `माफ़ कीजिए, कूरियर को ${what} अभी मिल नहीं रहा है; हमारी टीम से बात करनी हो तो यहीं बताइए।`,
  reasons: {
    'Attempt disputed': 'कोशिश पर सवाल है',
    'Refused at the door': 'दरवाज़े पर लेने से मना किया गया',
    'Payment was not ready': 'भुगतान तैयार नहीं था',
    'Address incomplete or not found': 'पता अधूरा था या मिला नहीं',
    'Customer asked for another day': 'किसी और दिन के लिए कहा गया था',
    'Nobody was there': 'वहाँ कोई नहीं था',
    'Customer could not be reached': 'फ़ोन पर बात नहीं हो पाई',
    'Outside the delivery area': 'पता डिलीवरी इलाके से बाहर है',
    'The courier could not come': 'रास्ते में रुकावट थी',
  },
};
