/** One line: a meaning, then the words for it in English, Hinglish and transliterated Hindi (after spelling is made even). */
const MEANINGS = `
ORDER order zorder parcel package packet shipment consignment courier saman item product purchase stuff goods cheez article box delivery shopping things maal dabba
WHERE where kahan location reached pahuncha pahunchi pohcha pohncha pahucha whereabouts located pahunche
WHEN when kab eta till time kitne day date expected
ARRIVE arrive come coming reach aayega aana aaya milega mila milna delivered deliver get pahunchega pahuchega pohchega bring arriving reaching pahunchegi dispatch dispatched shipped ship
TRACK track status update trace locate sthiti awb tracker whereabouts
LATE late delay delayed der deri pending stuck atka atki atak slow overdue lambe waiting wait intezar intezaar intjar
CANCEL cancel radd nirast rad hatao stop scrap
REFUND refund reimbursement reimburse refunded
MONEY money paisa amount rupee rupees zmoney cash fund funds cashback rakam rashi dhanrashi
BACK back wapas
RETURN return lauta lautana wapas returned bhejna lotana
EXCHANGE exchange replacement replace swap badalwana
ADDRESS address pata pincode pin landmark flat house street gali location makan building sadak zip area locality colony
CHANGE change update edit modify correct badal sudhar alter fix switch sahi theek correction badalwa thik
DATEW tomorrow today kal parso aaj monday tuesday wednesday thursday friday saturday sunday somvar mangalvar budhvar guruvar shukravar shanivar ravivar itvaar week weekend date din day shaam subah evening morning afternoon later baad raat dopahar tarikh tareekh taarikh hafte next
MOVE reschedule postpone prepone shift aage delay hold push rearrange reshedule talna taal rok
AWAY away travelling traveling vacation outstation bahar office home available town chutti holiday gaon locked absent
HUMAN human agent person executive representative insaan someone operator manager supervisor staff rep customer support team advisor bande banda somebody adhikari pratinidhi
TALK talk speak connect call chat contact baat jodo milao transfer reach phone number helpline lagao
PAY payment pay paid upi card cod emi gpay paytm phonepe netbanking wallet debit credit bhugtan bank transaction
DEDUCT deducted charged kata katgaye kat cut kate kata double twice dobara doobara kati debit charge
INVOICE invoice bill receipt gst rasid raseed
BROKEN damaged broken toota kharab defective phata crushed cracked leaking torn defect scratched shattered spoiled bigda dead
WRONG wrong galat different incorrect dusra doosra alag another ulta mismatch
MISSING missing kam incomplete empty khali absent gayab short adhura half less
BAD bad worst terrible pathetic poor ghatiya bekar bakwas horrible complaint shikayat rude fraud cheat dhoka unhappy disappointed useless disgusting unacceptable angry consumer court legal nonsense naraz pareshan
NOT not dont didnt havent hasnt cannot wont never nahi mat isnt wasnt no na without cant doesnt bina
WANT want need would like chahiye please looking require wish chahunga
RECEIVE received got mila aaya milgaya
HOW how kaise process steps procedure way tarika
WHY why kyun reason karan
THANK thanks thankyou shukriya dhanyavad grateful appreciate emothanks aabhar aabhari
HELLO hello hi hey namaste greetings emowave ram pranam salaam salam
BYE bye goodbye tata alvida later ciao cya
YES yes yeah yep yup haan sure ok theek bilkul correct right confirm emoyes sahi confirmed absolutely definitely exactly
NO no nope nah nahi never mat emono negative
HELP help assist assistance madad sahayata guide menu options
CANDO can capable features abilities kya
PRICE price cost rate kimat keemat mehenga sasta cheap mrp
STOCK stock available availability size sizes colour color colours variant milta
OFFER offer discount coupon sale promo voucher code deal
JOB job career vacancy hiring internship naukri resume salary
SHOP store shop showroom branch dukan outlet franchise dealer dealership distributor wholesale
WEATHER weather rain temperature mausam barish sunny garmi thand forecast snow humid dhoop
ALARM alarm timer remind reminder alarms reminders
MUSIC song music play gana gaana playlist sing album gaane
ROUTE traffic route road drive rasta distance directions km airport metro
MSGTO message sms send bhejo whatsapp text
`;

/** Word → the meanings it may carry. Shared by the three languages, so that what is learnt in one serves the others. */
export const concepts: ReadonlyMap<string, readonly string[]> = build();

function build(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of MEANINGS.trim().split('\n')) {
    const [meaning = '', ...words] = line.trim().split(/\s+/);
    for (const word of words) {
      const list = found.get(word) ?? [];
      if (!list.includes(meaning)) list.push(meaning);
      found.set(word, list);
    }
  }
  return found;
}
