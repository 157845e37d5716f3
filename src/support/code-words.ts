import type { Locale } from '../core/locale';

/** What an e-mail with a one-time code says. */
export type CodeWords = (
  locale: Locale,
  facts: { code: string; orderNumber: string; shopName: string; minutes: number },
) => { subject: string; text: string };

/** The e-mail with a code. It says what it is for, and what to do when one did not ask for it. */
export const codeWords: CodeWords = (locale, { code, orderNumber, shopName, minutes }) => {
  if (locale === 'hi') {
    return {
      subject: `${orderNumber} के लिए आपका कोड`,
      text: `${shopName} के ऑर्डर ${orderNumber} के लिए आपका कोड है: ${code}\n\nयह ${minutes} मिनट तक चलेगा। इसे सिर्फ़ उसी चैट में लिखिए जहाँ आपने इसे माँगा था, किसी और को मत बताइए।\n\nअगर आपने कोड नहीं माँगा, तो कुछ करने की ज़रूरत नहीं है।`,
    };
  }
  if (locale === 'hi-Latn') {
    return {
      subject: `${orderNumber} ke liye aapka code`,
      text: `${shopName} ke order ${orderNumber} ke liye aapka code hai: ${code}\n\nYeh ${minutes} minute tak chalega. Ise sirf usi chat mein likhiye jahan aapne ise maanga tha, kisi aur ko mat bataiye.\n\nAgar aapne code nahi maanga, to kuch karne ki zaroorat nahi hai.`,
    };
  }
  return {
    subject: `Your code for ${orderNumber}`,
    text: `Your code for order ${orderNumber} from ${shopName} is ${code}\n\nIt works for ${minutes} minutes. Type it only in the chat where you asked for it, and share it with nobody else.\n\nIf you did not ask for a code, there is nothing you need to do.`,
  };
};
