import type { HandoffReason } from '../core/conversation';

/** Words to look for, over lower-case text with single spaces. Whole words in Latin script, any place in Devanagari. */
function any(latin: string, devanagari: string): RegExp {
  // Only a bar with space on both sides parts the list; bars inside groups keep their spaces.
  const clean = (list: string) => list.trim().replace(/\s+\|\s+/g, '|');
  return new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])(?:${clean(latin)})(?![\\p{L}\\p{M}\\p{N}])|${clean(devanagari)}`,
    'u',
  );
}

const SELF_HARM = any(
  `kill(ing)? myself | end(ing)? my life | end it all | suicide | suicidal | want to die | don'?t want to live | no reason to live | harm(ing)? myself | hurt myself | cut myself
  | khudkushi | khud ?khushi | aatmahatya | atmahatya | jaan de (doong[ai]|dung[ai]|du|doon) | mar ?ja(oo|au|u)ng[ai] | marna chaht[ai] | jeena nahi chaht[ai] | zinda nahi rehna`,
  'आत्महत्या|खुदकुशी|ख़ुदकुशी|जान दे (दूँगा|दूंगा|दूँगी|दूंगी|दूँ|दूं)|मर (जाऊँगा|जाऊंगा|जाऊँगी|जाऊंगी)|मरना चाहत|जीना नहीं चाहत',
);
const THREAT = any(
  `consumer (court|forum|complaint|commission|helpline) | legal (action|notice|case|complaint) | (my|a|our|the|to|through) (lawyers?|advocate) (will|is|about|send|notice|contact)\\w* | (contact|call|consult|hire|talk to|speak to|get) (my|a|our) (lawyer|advocate) | (see|take) you (in|to) court | go(ing)? to court | take this to court
  | su(e|ing) (you|the company|your company|u) | file (a |an )?(case|complaint with|fir|suit) | lodge (a |an )?(fir|police complaint) | police (complaint|case) | (call|go to|report .{0,20} to) the police | fir against
  | court (me|mein|main) | court jaung[ai] | court jaoong[ai] | case kar(oong[ai]|ung[ai]|un|denge|enge| doong[ai]| dung[ai]) | upbhokta (forum|court|adalat) | vakeel | vakil | kanooni (karwai|karyawahi|notice) | police (me|mein) (complaint|shikayat|report)`,
  'उपभोक्ता (फोरम|फ़ोरम|अदालत|न्यायालय|कोर्ट)|कंज्यूमर (कोर्ट|फोरम)|कोर्ट (जाऊ|में|मे)|केस (कर|ठोक)|वकील|कानूनी (कार्र?वाई|नोटिस)|क़ानूनी|पुलिस (में|मे|से|को|कंप्लेंट|शिकायत)|एफ ?आई ?आर',
);
const FRAUD = any(
  `fraud (call|transaction|payment|caller|happened|hua|ho gaya|ho gya) | been (scammed|defrauded|hacked|phished) | (i|we) (got|was|were) (scammed|defrauded|hacked) | scam(mer)? (call|caller) | fake (call|caller|link|agent|delivery boy)
  | (asked|asking|wants?|called|call) .{0,40}(for|my) (the |an |my )?(otp|cvv|upi pin|card (number|details)) | otp (maang|mang|share|bata) .{0,20} | gave .{0,20}(otp|cvv|upi pin) | shared .{0,20}(otp|cvv|upi pin)
  | unauthori[sz]ed (transaction|payment|charge|access|order) | account (was |is |has been |got )?hacked | hacked my account | (i )?(did not|didn'?t|never) (place|make|order) (this|that|any|the) (order|payment|purchase)
  | someone (else )?(used|is using) my (card|account|upi) | money (was |got )?stolen | stole my money | card (was )?(stolen|misused)
  | change my (bank|upi|refund) account | mere (saath|sath) fraud | fraud ho (gaya|gya) | thagi | account hack | paise (chori|ud gaye|kat liye kisi)`,
  'धोखाधड़ी|ठगी|मेरे साथ (फ्रॉड|धोखा)|फ्रॉड (कॉल|हो गया|हुआ)|अकाउंट हैक|(ओटीपी|OTP|otp) (माँग|मांग|पूछ|दे दिया|बता दिया)|पैसे चोरी',
);
const ANGER = any(
  `fed up | pathetic | disgusting | ridiculous | (worst|terrible|horrible|useless|shameful|third class|third-class|pathetic) (service|company|app|bot|shop|store|experience|people|support) | (you|u) (people |guys )?(are )?(all )?(useless|cheats?|frauds?|thieves|thief|liars?|scammers?|idiots?|stupid|jokers?)
  | (stupid|useless|idiotic|dumb|bloody) (bot|machine|people|company|service|app) | (this is|what) (a )?(bullshit|nonsense|rubbish|bakwas) | bullshit | wtf | fuck\\w* | shit(ty)? (service|company) | bastards? | assholes? | (absolutely|totally|completely) (unacceptable|useless) | unacceptable
  | how many times (do i|should i|must i|have i) | (enough is enough) | (very|so|really|extremely|bahut) (angry|frustrated|furious|disappointed|annoyed|gussa) | sick (and tired )?of (this|you|your)
  | bakwas | bakwaas | ghatiya | ghatia | wahiyat | vahiyat | chor (ho|log|company|hai) | chutiy\\w* | madarchod | bhenchod | behenchod | bsdk | harami | kamine | kaminey | saale | nikamm[aei] | dimag kharab | dimaag kharab | tang aa (gaya|gayi|chuka|chuki) | pareshan (kar diya|ho gay[ai]|ho chuk[ai]) | kitni baar (bolu|bolun|bataun|batau|kahun|bol chuka|bataya) | loot (rahe|liya) | dhokebaaz | dhokebaz | bewakoof (bana|samajh)`,
  'बकवास|घटिया|वाहियात|चोर (हो|हैं|कंपनी|लोग)|हरामी|कमीने|निकम्मे|निकम्मा|दिमाग ?(का )?(खराब|दही)|तंग आ (गया|गयी|गई|चुका|चुकी)|परेशान (कर दिया|हो गया|हो गई|हो चुका)|कितनी बार (बोलूँ|बोलूं|बताऊँ|बताऊं|बताया)|बेवकूफ (बना|समझ)|धोखेबाज़?|लूट (रहे|लिया)|बहुत गुस्सा',
);
const HUMAN = any(
  `(talk|speak|chat|connect|connected|transfer|transferred|escalate|escalated)( me| us| this| it)?( over)?( directly)? (to|with|through to) (a |an |the |some |someone |your |real |actual |live )*(human|person|agent|representative|rep|executive|someone|somebody|people|operator|manager|supervisor|customer (care|service|support)|support( team| person)?|team|staff)( being)?
  | (pass|put|switch|forward|route) (me|us|this chat)( over| through)? (to|with) (a |an |the |your |real |live )*(human|person|agent|representative|executive|operator|manager|supervisor|team|staff|someone)
  | (a |an )?(human|real|live|actual) (agent|person|being|support|operator|executive|representative)( please| pls| now| here)? (please|pls|now|here|chahiye) | (get|give|want|need|bring)( me| us)?( to)? (a |an |the |your )*(human|agent|representative|manager|supervisor|executive|real person|live person|actual person|real human)
  | (want|need|have|let me|like|can i|may i) (to )?(talk|speak) (to|with) (a |an |the |your )*(human|person|agent|someone|somebody|real|manager|customer|team|support)
  | (is|are) there (any(one|body)|someone|a (human|person|real person)) (i can (talk|speak) to|to (talk|speak) to)
  | (insaan|insan|aadmi|admi|agent|executive|manager|customer care|kisi|human|support|representative|kisi bande|team|supervisor) (wale )?(se|ke saath|ke sath)( hi| abhi| please)? (baat|bat) | (insaan|insan|agent|human|manager|executive) (chahiye|ko bulao|bulao|se milao|se connect) | kisi (insaan|insan|bande|aadmi|agent) (ko bhejo|se baat|se bat|baat) | asli (insaan|insan|aadmi) | bot se (baat )?nahi`,
  '(इंसान|इन्सान|एजेंट|आदमी|व्यक्ति|किसी|मैनेजर|कस्टमर केयर|टीम|असली).{0,12} ?(से|के साथ) ?.{0,10}बात|(इंसान|इन्सान|एजेंट|मैनेजर|कस्टमर केयर) (चाहिए|बुला|दो|दीजिए|से मिला|से जोड़)|असली (इंसान|आदमी)|बॉट से नहीं',
);
/** One word is enough when the message says nothing else; inside a sentence it may be a courier's agent or a shop's name. */
const HUMAN_ALONE =
  /^((please|pls|ok|no|hi|hello|just|only|bas) )*(an? |the |any |your |real |live )*(human|person|agent|representative|operator|executive|manager|supervisor|customer (care|service|support)|support|real person|someone|insaan|insan)( (being|please|pls|now|number|ko bulao|chahiye|only|do|dijiye))*[ .!?]*$|^(कृपया )?(इंसान|इन्सान|एजेंट|मैनेजर|कस्टमर केयर)[ ।!?]*$/u;
const NOT_HUMAN =
  /(don'?t|do not|no need|not|without) (need|want|to talk|talking)?[^.]{0,12}(human|agent|person|representative)|agent (came|called|said|told|did|was|ne|aaya|nahi aaya)|(delivery|courier|pickup|shipping) (agent|executive|person|boy|man|guy)|(return|refund|delivery) (manager|executive)|(agent|insaan|insan|human|person) (nahi|nhi|mat) (chahiye|bulao)|एजेंट (आया|ने|नहीं)|डिलीवरी (एजेंट|वाले|बॉय)/u;

/** What in a line calls for a person at once, gravest first; undefined when nothing does. */
export function redFlag(text: string): HandoffReason | undefined {
  const said = text.normalize('NFKC').toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ');
  if (SELF_HARM.test(said)) return 'self_harm';
  if (THREAT.test(said)) return 'threat';
  if (FRAUD.test(said)) return 'fraud';
  if (HUMAN_ALONE.test(said.trim()) || (HUMAN.test(said) && !NOT_HUMAN.test(said))) return 'asked';
  return ANGER.test(said) ? 'anger' : undefined;
}
