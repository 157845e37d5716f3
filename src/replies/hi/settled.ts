import type { settled as en } from '../en/settled';

/** What the carrier or the shop decided, in Hindi. */
export const settled: typeof en = {
  rescheduleYes: (order, day, slot) => `अच्छी ख़बर: कूरियर ने ऑर्डर ${order} की नई तारीख़ मान ली है: ${day}${slot}।`,
  reattemptYes: (order, day, slot) =>
    `अच्छी ख़बर: कूरियर ऑर्डर ${order} की डिलीवरी की फिर कोशिश करेगा: ${day}${slot}।`,
  addressYes: (order) => `ऑर्डर ${order} का सही किया हुआ पता मान लिया गया है।`,
  returnYes: (order, rma) =>
    `ऑर्डर ${order} की वापसी ${rma} मान ली गई है। कृपया सामान पिक-अप के लिए पैक करके रखिए।`,
  backYes: (order) => `कूरियर ने मान लिया है: ऑर्डर ${order} दोबारा नहीं लाया जाएगा और हमारे पास वापस आएगा।`,
  backNo: (order, reason) => `माफ़ कीजिए, कूरियर ऑर्डर ${order} वापस लाने को नहीं माना${reason}।`,
  cancelYes: (order) => `ऑर्डर ${order} रद्द हो गया है।`,
  rescheduleNo: (order, reason) => `माफ़ कीजिए, कूरियर ऑर्डर ${order} की नई तारीख़ नहीं ले पाया${reason}।`,
  addressNo: (order, reason) => `माफ़ कीजिए, ऑर्डर ${order} का नया पता नहीं लिया जा सका${reason}।`,
  returnNo: (order, rma, reason) => `माफ़ कीजिए, ऑर्डर ${order} की वापसी ${rma} नहीं मानी गई${reason}।`,
  cancelNo: (order, reason) => `माफ़ कीजिए, ऑर्डर ${order} रद्द नहीं हो सका${reason}।`,
  because: (reason) => ` (बताया गया कारण: ${reason})`,
  slot: (slot) => `, ${slot}`,
  unreached: (order) =>
    `ऑर्डर ${order} के बारे में कूरियर का जवाब अब तक नहीं आया है, इसलिए अभी कुछ बदला नहीं है। हम पूछते रहेंगे।`,
  personNext: 'हमारी टीम के एक साथी इस बारे में आपको यहीं लिखेंगे।',
};
