const STATES = `Andhra Pradesh|Arunachal Pradesh|Assam|Bihar|Chhattisgarh|Goa|Gujarat|Haryana|Himachal Pradesh|Jharkhand|Karnataka|Kerala|Madhya Pradesh|Maharashtra|Manipur|Meghalaya|Mizoram|Nagaland|Odisha|Punjab|Rajasthan|Sikkim|Tamil Nadu|Telangana|Tripura|Uttar Pradesh|Uttarakhand|West Bengal|Jammu and Kashmir|Ladakh|Chandigarh|Puducherry`;

const CITIES = `Agra|Ahmedabad|Ahmednagar|Aizawl|Ajmer|Akola|Aligarh|Alwar|Ambala|Amravati|Amritsar|Anand|Anantapur|Asansol|Aurangabad|Ballari|Bareilly|Belagavi|Bengaluru|Bangalore|Bharatpur|Bhavnagar|Bhilai|Bhilwara|Bhiwandi|Bhopal|Bhubaneswar|Bhuj|Bikaner|Bilaspur|Bokaro|Calicut|Chandigarh|Chennai|Coimbatore|Cuttack|Darbhanga|Davangere|Dehradun|Delhi|New Delhi|Dhanbad|Dibrugarh|Durgapur|Erode|Faridabad|Firozabad|Gandhinagar|Gangtok|Gaya|Ghaziabad|Gorakhpur|Greater Noida|Guntur|Gurgaon|Gurugram|Guwahati|Gwalior|Haldwani|Haridwar|Hisar|Hosur|Howrah|Hubballi|Hubli|Hyderabad|Imphal|Indore|Itanagar|Jabalpur|Jaipur|Jaisalmer|Jalandhar|Jalgaon|Jammu|Jamnagar|Jamshedpur|Jhansi|Jodhpur|Junagadh|Kakinada|Kalyan|Kannur|Kanpur|Karnal|Kochi|Kolhapur|Kolkata|Kollam|Kota|Kottayam|Kozhikode|Kurnool|Latur|Lucknow|Ludhiana|Madurai|Mangaluru|Mangalore|Mathura|Meerut|Moradabad|Mumbai|Muzaffarpur|Mysuru|Mysore|Nagpur|Nanded|Nashik|Navi Mumbai|Nellore|Noida|Ooty|Palakkad|Panaji|Panchkula|Panipat|Patiala|Patna|Pondicherry|Pune|Raipur|Rajahmundry|Rajkot|Ranchi|Ratlam|Rewa|Rishikesh|Rohtak|Roorkee|Rourkela|Sagar|Saharanpur|Salem|Sangli|Satara|Secunderabad|Shillong|Shimla|Siliguri|Solapur|Sonipat|Srinagar|Surat|Thane|Thanjavur|Thiruvananthapuram|Thrissur|Tiruchirappalli|Tirunelveli|Tirupati|Trivandrum|Udaipur|Udupi|Ujjain|Vadodara|Baroda|Varanasi|Vellore|Vijayawada|Visakhapatnam|Vizag|Warangal|Zirakpur`;

const HINDI_CITIES = `दिल्ली|नई दिल्ली|मुंबई|पुणे|बेंगलुरु|बैंगलोर|चेन्नई|कोलकाता|हैदराबाद|अहमदाबाद|जयपुर|लखनऊ|कानपुर|नागपुर|इंदौर|भोपाल|पटना|आगरा|वाराणसी|सूरत|रांची|नोएडा|गुड़गांव|गुरुग्राम|चंडीगढ़|देहरादून|लुधियाना|अमृतसर|मेरठ|प्रयागराज|रायपुर|जोधपुर|उदयपुर|ग्वालियर|जबलपुर|ठाणे|नासिक`;

const longestFirst = (names: string): string =>
  names
    .split('|')
    .sort((a, b) => b.length - a.length)
    .join('|');

/** Names of Indian states and union territories in a line of text. */
export const STATE = new RegExp(`(?<![\\p{L}])(?:${longestFirst(STATES)})(?![\\p{L}])`, 'iu');

/** Names of larger Indian cities, English and Devanagari. Smaller places stay in the address as written. */
export const CITY = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${longestFirst(`${CITIES}|${HINDI_CITIES}`)})(?![\\p{L}\\p{M}])`,
  'giu',
);

/** The same, for asking whether there is one. */
export const CITY_ONCE = new RegExp(CITY.source, 'iu');

const WHOLE = new RegExp(`^(?:${CITIES}|${STATES})$`, 'i');
/** Two letters of a state as they stand before a PIN code. */
const STATE_LETTERS = /^(?:AP|AS|BR|CG|CH|DL|GJ|HP|HR|JH|JK|KA|KL|MH|MP|OD|PB|RJ|TN|TS|UK|UP|WB)$/;

/** True for the name of a larger city or a state, or a state's letters in capitals. */
export function isPlace(name: string): boolean {
  return WHOLE.test(name) || STATE_LETTERS.test(name);
}
