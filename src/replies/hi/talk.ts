import type { IntentName } from '../../core/intents';
import type { talk as en } from '../en/talk';

const doing: Partial<Record<IntentName, string>> = {
  order_status: 'ऑर्डर कहाँ है',
  reschedule_delivery: 'डिलीवरी की तारीख',
  correct_address: 'पता बदलना',
  initiate_return: 'रिटर्न',
  cancel_order: 'ऑर्डर कैंसिल करना',
  refund_status: 'रिफंड',
  payment_query: 'पेमेंट का सवाल',
  complaint: 'ऑर्डर में आई दिक्कत',
  talk_to_human: 'किसी इंसान से बात',
};
const titles: Partial<Record<IntentName, string>> = {
  order_status: 'ऑर्डर कहाँ है',
  reschedule_delivery: 'तारीख बदलें',
  correct_address: 'पता बदलें',
  initiate_return: 'सामान लौटाएँ',
  cancel_order: 'ऑर्डर कैंसिल करें',
  refund_status: 'रिफंड की जानकारी',
  payment_query: 'पेमेंट का सवाल',
  complaint: 'दिक्कत बताएँ',
  talk_to_human: 'इंसान से बात करें',
};

/** A shop that has given no name of its own is "this shop". */
function ours(shop: string): string {
  return shop === 'the shop' ? 'इस दुकान' : shop;
}

/** Greeting, small talk, and what is said when a line was not understood, in Hindi. */
export const talk: typeof en = {
  disclosure: (shop) => `नमस्ते, मैं ${ours(shop)} का ऑटोमेटेड असिस्टेंट हूँ।`,
  disclosureAgain: (shop) => `अब फिर से ${ours(shop)} का ऑटोमेटेड असिस्टेंट आपके साथ है।`,
  whoWeAre: (shop) =>
    `मैं ${ours(shop)} का ऑटोमेटेड असिस्टेंट हूँ, इंसान नहीं। हमारी टीम में किसी से बात करनी हो तो बस लिख दीजिए।`,
  greet: 'आपके ऑर्डर में क्या मदद करूँ?',
  hello: 'नमस्ते!',
  greetAgain: 'नमस्ते! बताइए, क्या करना है?',
  help: 'मैं ऑर्डर कहाँ है बता सकता हूँ, डिलीवरी की तारीख या पता बदलवा सकता हूँ, रिटर्न शुरू कर सकता हूँ, भेजने से पहले ऑर्डर कैंसिल कर सकता हूँ, और रिफंड या पेमेंट देख सकता हूँ। किसी इंसान से बात करनी हो तो बस लिख दीजिए।',
  choose: 'आप क्या करना चाहेंगे?',
  thanks: 'खुशी हुई! जब भी ज़रूरत हो, लिखिए।',
  goodbye: 'ध्यान रखिए! ज़रूरत हो तो कभी भी लिखिए।',
  okay: 'ठीक है।',
  anythingElse: 'और कुछ मदद चाहिए?',
  outOfScope:
    'माफ़ कीजिए, इसमें मैं मदद नहीं कर सकता। मैं ऑर्डर हो जाने के बाद के काम देखता हूँ: ट्रैकिंग, तारीख, पता, रिटर्न और रिफंड।',
  unclear: 'माफ़ कीजिए, मैं समझ नहीं पाया। बात किस बारे में है?',
  unclearAnswer: 'माफ़ कीजिए, मैं समझ नहीं पाया।',
  which: (a, b) => `बात ${a} की है, या ${b} की?`,
  doing: (intent) => doing[intent] ?? 'कुछ और',
  title: (intent) => titles[intent] ?? 'मदद',
  orderTitle: (intent, order) =>
    ({
      order_status: `${order} कहाँ है`,
      reschedule_delivery: `तारीख ${order}`,
      correct_address: `पता ${order}`,
      initiate_return: `रिटर्न ${order}`,
      cancel_order: `कैंसिल ${order}`,
      refund_status: `रिफंड ${order}`,
      payment_query: `पेमेंट ${order}`,
      complaint: `दिक्कत ${order}`,
    })[intent as string] ?? order,
  optionsLabel: 'चुनिए',
  backTo: (intent) => `अब वापस, ${doing[intent] ?? 'पहले वाली बात'}:`,
  left: () => 'ठीक है, इसे जैसा था वैसा ही रहने दिया।',
  nothingOpen: 'अभी कैंसिल करने को कुछ चल नहीं रहा। ऑर्डर कैंसिल करना हो तो उसका नंबर लिखिए।',
  nothingBefore: 'यह पहला सवाल है, इससे पीछे कुछ नहीं है।',
  oldTap: 'वह बटन पुराने मैसेज का था, इसलिए उससे कुछ नहीं बदला।',
  oldTapChecked: 'वह बटन पुराने मैसेज का था, इसलिए मैंने फिर से देखा।',
  restarted: 'माफ़ कीजिए, पिछली बात मुझसे छूट गई। चलिए फिर से शुरू करते हैं।',
  stopped: 'ठीक है। अब हम अपनी तरफ़ से मैसेज नहीं भेजेंगे। ऑर्डर की खबर फिर चाहिए तो START लिख दीजिए।',
  started: 'अब आपके ऑर्डर की खबर फिर यहाँ मिलेगी। बंद करना हो तो STOP लिख दीजिए।',
  failed: 'माफ़ कीजिए, मेरी तरफ़ से कुछ गड़बड़ हुई। एक बार फिर से भेज दीजिए।',
  voice: 'मैं वॉइस नोट सुन नहीं सकता। थोड़े शब्दों में लिख दीजिए, या कहिए तो किसी इंसान से बात करवा दूँ।',
  sticker: 'बढ़िया! आपके ऑर्डर के लिए क्या करूँ?',
  post: 'शेयर करने के लिए शुक्रिया! मैं खुद पोस्ट नहीं खोल सकता। क्या यह आपके किसी ऑर्डर के बारे में है?',
  mention: 'हमें याद करने के लिए शुक्रिया! आपके ऑर्डर के लिए क्या करूँ?',
  photo: 'फ़ोटो के लिए शुक्रिया। मैं खुद तस्वीर नहीं देख सकता। क्या आए हुए सामान में कोई दिक्कत है?',
  file: 'मैं फ़ाइल या लिंक नहीं खोल सकता। जो चाहिए लिख दीजिए, या कहिए तो किसी इंसान से बात करवा दूँ।',
  location: 'शुक्रिया, पर मैप की पिन से पता नहीं बदल सकता। क्या पता ठीक करना है?',
  contact: 'नंबर के लिए शुक्रिया। क्या डिलीवरी के लिए दूसरा फ़ोन नंबर देना है?',
  unsupported: 'यह मैसेज मैं पढ़ नहीं पाया। थोड़े शब्दों में लिख दीजिए, या कहिए तो किसी इंसान से बात करवा दूँ।',
  yes: 'हाँ',
  no: 'नहीं',
};
