import { plainWords } from '../../dialogs/kit/choices';

function set(lines: string): Set<string> {
  return new Set(
    lines
      .split(/[\n,]/)
      .map((line) => plainWords(line))
      .filter(Boolean),
  );
}

const STOP =
  set(`stop, stop all, stopall, unsubscribe, unsubscribe me, stop messages, stop messaging me, stop messaging,
  stop sending messages, stop sending me messages, stop these messages, don't message me, do not message me, opt out, optout, please stop, stop please,
  band karo, band karo messages, messages band karo, message band karo, message mat karo, message mat bhejo, messages mat bhejo, message karna band karo, msg band karo, msg mat karo,
  mujhe message mat karo, mujhe message mat bhejo, mujhe messages mat bhejo, message bhejna band karo, messages bhejna band karo,
  बंद करो, मैसेज बंद करो, मैसेज बंद करें, मैसेज मत भेजो, मैसेज मत करो, मैसेज भेजना बंद करो, मैसेज भेजना बंद करें, संदेश बंद करो, संदेश मत भेजो, मुझे मैसेज मत भेजो, स्टॉप, अनसब्सक्राइब`);
const START =
  set(`start, unstop, subscribe, resubscribe, start messages, start again, opt in, messages chalu karo, message chalu karo, phir se chalu karo,
  chalu karo, shuru karo messages, मैसेज चालू करो, मैसेज शुरू करो, फिर से चालू करो, चालू करो, स्टार्ट`);

/** `stop` or `start` when a whole message says just that, in any of our languages. */
export function consentWord(text: string): 'stop' | 'start' | undefined {
  const said = plainWords(text);
  if (STOP.has(said)) return 'stop';
  return START.has(said) ? 'start' : undefined;
}

const LEAVE =
  set(`never mind, nevermind, nvm, forget it, forget about it, leave it, leave it as it is, drop it, skip it, not now, no need, don't bother, let it be, leave that,
  cancel this, abort, quit, exit, cancel that, stop this, i changed my mind, changed my mind,
  rehne do, rehne dijiye, rehne de, rehndo, rahne do, chhodo, chodo, chhod do, chod do, chhodiye, jaane do, jane do, jaane dijiye, mat karo, kuch nahi, koi baat nahi, zaroorat nahi, ab nahi,
  रहने दो, रहने दीजिए, रहने दें, छोड़ो, छोड़ दो, छोड़िए, जाने दो, जाने दीजिए, मत करो, कुछ नहीं, कोई बात नहीं, ज़रूरत नहीं, जरूरत नहीं`);
const CANCEL = set(
  `cancel, cancel it, cancel karo, cancel kar do, cancel please, please cancel, कैंसिल, कैंसिल करो, कैंसिल कर दो, रद्द करो`,
);
const BACK =
  set(`back, go back, previous, previous question, go to previous, undo, one step back, step back, i want to go back, change my last answer, change my answer,
  wait go back, sorry go back, oops go back, peeche, piche, pichhe, peeche jao, piche jao, pichla, pichla sawaal, wapas jao, vapas jao, ek kadam peeche,
  पीछे, पीछे जाओ, पीछे जाएँ, वापस जाओ, वापस जाएँ, पिछला सवाल, पिछला`);
const BACK_TO_BOT =
  set(`bot, back to bot, back to the bot, talk to bot, talk to the bot, carry on with bot, continue with bot, continue with the bot, bot please, go back to the bot, use the bot,
  i'll use the bot, carry on with you, back to you, assistant, back to the assistant, bot se baat, bot se baat karo, bot se hi baat, bot wapas, bot ko wapas, wapas bot, bot se baat karni hai, bot chalega,
  बॉट, बॉट से बात, बॉट से बात करो, बॉट से बात करनी है, वापस बॉट, बॉट चलेगा`);

/** Said before or after the words that count. */
const AROUND =
  /^((actually|ok|okay|no|oh|wait|sorry|please|hmm|achha|accha|nahi|arre|yaar|अच्छा|नहीं|अरे) )+|( (please|pls|now|for now|yaar|ji|thanks|जी))+$/gu;

/** The customer wants out of the task that is open. `bare`: only the word "cancel", which a cancelling task takes as its own. */
export function leaveWord(text: string): 'leave' | 'bare' | undefined {
  const said = plainWords(text).replace(AROUND, '');
  if (LEAVE.has(said)) return 'leave';
  return CANCEL.has(said) ? 'bare' : undefined;
}

/** The customer wants the question before. */
export function isBack(text: string): boolean {
  return BACK.has(plainWords(text));
}

/** The customer, waiting for a person, wants the bot again. */
export function isBackToBot(text: string): boolean {
  return BACK_TO_BOT.has(plainWords(text));
}

const WHO_WE_ARE = [
  /^((are|r) (you|u)|is (this|it|that)|(am i|i am) (talking|chatting|speaking|texting) (to|with)) (really )?(an? |the |some ?)?(real |actual |live |human )?(person|human|human being|someone|somebody|bot|robot|machine|computer|ai|chat ?bot|automated|automatic|real|agent)( or (an? )?(real )?(person|human|bot|robot|machine|ai))?( here| there)?$/,
  /^(and )?(who|what) (are|r) (you|u)$|^who is (this|it)$|^who am i (talking|speaking|chatting) (to|with)$/,
  /^(kya )?(tum|aap|ap|tu|yeh|ye|kya) (kya )?(koi |ek )?(asli |real |sach mein )?(insaan|insan|aadmi|human|robot|bot|machine|computer|ai|person)( (ho|hai|hain|he))?( kya)?( ya (koi )?(insaan|insan|robot|bot|machine)( (ho|hai|hain))?)?$/,
  /^(tum|aap|ap|tu) (kaun|kon|koun) (ho|hai|hain|he)$|^(kaun|kon) (ho|hai|hain) (tum|aap|ap|tu)$/,
  /^(kya )?main? (kisi )?(insaan|insan|robot|bot|machine|computer) se baat kar (raha|rahi) (hoon|hun|hu)( kya)?$/,
  /^(क्या )?(तुम|आप|तू|यह|ये) (क्या )?(कोई |एक )?(असली )?(इंसान|आदमी|रोबोट|बॉट|मशीन|कंप्यूटर)( (हो|है|हैं))?( क्या)?( या (कोई )?(इंसान|रोबोट|बॉट|मशीन)( (हो|है|हैं))?)?$/,
  /^(तुम|आप|तू) कौन (हो|है|हैं)$|^कौन (हो|है|हैं) (तुम|आप)$/,
  /^(क्या )?मैं (किसी )?(इंसान|रोबोट|बॉट|मशीन) से बात कर (रहा|रही) (हूँ|हूं)( क्या)?$/,
];

/** The whole line asks whether it is a person or a machine that answers. */
export function asksWhoWeAre(text: string): boolean {
  const said = plainWords(text)
    .replace(AROUND, '')
    .replace(/^(hi|hello|hey|hlo|namaste|bhai|bro|नमस्ते|भाई) | (bro|bhai|yaar|sir|भाई)$/g, '');
  return WHO_WE_ARE.some((question) => question.test(said));
}
