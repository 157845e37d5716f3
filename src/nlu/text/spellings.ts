/** One line: the form the classifiers know, then how people write it in chat. */
const FORMS = `
you u yu yuo
your ur yr yor youre
please plz pls plzz plss pleas plese pleez pliz plij plees ples pleasee
are r
why y
and n nd
okay ok okk okie okey oki k kk okaay okayy okaye oke
thanks thnx thx tnx thanx thks thanq thnks tq ty tysm thankss thnk thenks thankx thnkx shukriyaa
thankyou thanku thnku thankuu thankyu thanku
hi hii hiii hy hiee
hello hailo helo hllo hlo hullo helloo hallo hlw helw hellow
hey heyy heyyy hay heya
message maisej msg mssg mesage massage msgs
what wat wht whats wats
when wen whn whens
where wher whr wheres whare were
is iz
not nt
dont dnt donot
didnt didn dint
havent havnt haven
hasnt hasn
cannot cant cnt
want wnt wants wanna wana
would wud wld
could cud cld
received recieved recived rcvd receved recvd recevied recieve receive recive receiving recd reciever receiver
yet yt
today tdy tody 2day
tomorrow tmrw tmr tomrw tommorow tomorow tommorrow tmrrw tomorro tomo tmw 2morrow 2mrw
order ordr odr oder ordar ordet orde orders ordars ardar aardar oredr oders
ordered orderd ordred
parcel parsal parcle parcal percel parcels parsel prcl
package pakage packge pkg packages packg pckg
packet paket paikit pakit packets
delivery dilivri delivry dlvry dilevery delevery dlivery delivary dilivery dilivary delivey dlvery deliverey devlivery dlvry delievery deliveri delvery
delivered delivrd dlvrd deliverd delived deliverd delevered dilivered delieverd
deliver delivr dlvr deliever
shipped shiped
shipment shipmnt shipement shpmnt
cancel cancle cancl cncl cansel cancell cancal canel kancel cansal cnsl cancellation cancelation cancelling canceling cancells cncel canxel cansil cancellations cancels
cancelled canceled canceld cancled cancellled
refund refnd refunf rifund refun refunds refand rfnd reefund refumd refunding
refunded refnded
return retrn retun ritan retuen returning returns ritarn riturn reutrn rturn
replace returned retrned retuned
replacement riplesment replce replacment replase replaced replcmnt riplace replacemnt replacing
exchange eksachenj eksacenj exchnge xchange exchang exchanged excahnge exchanging exhange
address adress addres adres addrs adrs addr adrress addresss addrss edres adddress addess aadress
change chenj chng chnge chage chang changed changing chenge chnage cange chanje chnj
payment paymnt pymnt paymet payement pyment paymant peyment paymnt payments
pay paying
paid payed
money mony
deducted dedcted detected debited deduct deduction
amount amnt amt ammount
number num nmbr nmber numbr nbr
customer custmer cust customr costumer costomer custumer
support saport suport supprt
executive exec exe executiv excutive exicutive
agent agnt agents ejent
talk tlk talking
speak spk speaking
connect conect connct conekt
call cal
problem prblm prob problm problam prblem
issue isue isse issu issues
complaint complain complent complaints complan compliant complane cmplnt compaint complaining complained complent
damaged damage damge damagd damged dameged demage damaj
broken brokn broke
wrong wrng rong worng
defective defect defected
product prodct produt prdct prodduct prduct prodcut products produkt
item itm items
quality kvaliti qulity quallity qlty quilty qwality
size saij siz
track traiking trak trck tracking tracked traking trek
status statas stats sttus staus stetus
update apdet updt updat updates updation
late lait lat lte
delay dely delayed delya dilay
reschedule rishedyul reschdule reshedule rescheduled rescedule rescheduling resechdule rescheduel
postpone postpond pospone postponed postpon
date dt
time tym tme taim
evening evng eve evenin
morning mrng mornin mrning morng
tight tait tayit taait tite
loose luj luz looz
after aftr afer aftar aftter
afternoon aftrnoon
night nite nyt
human hooman
help hlp halp helpp
about abt abot
because bcz bcoz cuz coz becoz bcause
before b4 befor
problem prblm
need nd ned needed
mobile mob mobil
account akaunt acc acnt accnt
bill bil
invoice invois invoce invoic
hai h he hain hei hay haii ha1 hei haai
hun hu hoon hoo
kya kia kyaa kyu1
kyun kyu kyo q kyon kyoon kiu kyuu
kab kb kabb kub
kahan kaha kha khan kahaan kahn kahaa kidhar kidar kdhr kidhr
kaise kese kaisey ksi kse kaisse kesse kaisa
kitna ktna kitne kitni kitnaa
mera mra meraa mere meri mra meru mery
mujhe muje mujhko mjhe mujko mje muj mujhey mujhse
hamara humara hmara hamare humare
hum ham hm
aap ap aapka apka aapke apke apki aapki aapko apko aapse apse
nahi nhi nahin nai ni nahii nhin nahee nehi nahe naahi nh
mat mt
kar kr karr
karo karen kro karoo kariye kijiye kariye kijie kijiyega kriye kariyega karie kijye kro
kardo krdo kardijiye krdijiye kardijie kardena krdena kardiye krdiye kardoo
karna krna karnaa karne krne karni krni karneka karana
karke krke
karwana krwana karvana krvana karwani karane
karta krta karti krti karte krte karata
karu kru karun krun karoon karoo
kiya kia kiyaa kya1
raha rha rahaa rahi rhi rahe rhe rahey
gaya gae gya gayi gyi gye gaye gai gayaa
gaya1 gye
aaya aya aayi ayi aaye aye aai
aayega ayega aaega aega aayegi aaegi ayegi ayga aayga aaegaa aayegaa aega
aa aaa
aana ana aane ane aani
milega mlega milegaa milegi milenge milga milage milegaa
mila mla mili mile milaa
milna milne milni
chahiye chaiye chahie chaie chaheye chahye chiye chahiyee chayiye chahia chahte chahta chahti chata chahtaa chahiyen
hua hui huwa hue huaa huya huee
hoga hogi honge hogaa
ho hoo
hona hone honi
tha thi the1 thaa thy
wapas vapas wapis vapis wapsi bapas waapas wapsi wpas vaapas
paisa paise paisaa pese pesa paisey rupaye rupay rupye rupee rupees peise paisay pesay
bhai bhaiya bhaiyya bro bhaya bhy bhaii yaar yr1 yar
baat bat baatt bt
insaan insan aadmi admi insaano vyakti
bolo bol bolna batao btao bata bta batado btado bataiye btaiye batana btana bataao batayein bataen bataie batadijiye btaye batave
sahi shi sahee
galat glt galt ghalat gallat galath
accha acha achha achchha achcha acchha achaa achchhaa
theek thik tik thk thek teek theekh
haan ha han haa hn haanji hanji haji hmm1 haanjii
ji jee g
nahiji
dost
shukriya sukriya shukria shukriyaa shukrya sukria
dhanyavad dhanyawad dhanyvad dhanywad dhanyavaad dhanyavada dhnyavaad dhanvad dhanyawaad dhanyavaad dhanyvaad
namaste namastey namste namastay namaskar namashkar nmste pranam namaskaar
kharab khrab khraab kharaab khrb
toota tuta toot tut tooti tuti tuta tootaa tutaa tute toote
phata fata phati fati fataa fate
saman samaan saaman smaan samman samaam
cheez chij cheej chiz chees cheeze
pata pta patta
ghar ghr ghrr
kal kl
parso parson parsu parsoon parsoo
aaj aj aajj
abhi abi abhe abhii
tak tk takk
baad baadme
pehle pahle phle phele pehly pahale
din dino dinon
subah suba subha
shaam sham saam shm
badal badlo badalna badlna badalwana badalni badlana badaldo badlu badalu badle badli badala badlwana badal1
lena lene leni
dena dene deni
do dedo dijiye de dijie dijiyega
le lelo lijiye
lauta lautana lotana lautao lauta1 lautaana lautani lauTana
rakhna rkhna
jaldi jldi jaldhi jldy
wala vala vale wale vali wali walla
call kol kaul
phone fon fone
confirm kamfarm kanfarm confrm cnfrm konfirm
charge charj charges chrge
courier kuriyar koriyar currier courrier curier
service sarvis servis servce srvice
jawab javab jawaab
puchna puchhna puchni puchhni poochna poochni
company kampni kampany
option opshan options optn
zyada jyada jada jyda zada zyda
flat flait
landmark laindmark landmrk
bank baink
photo foto pic photos
achchi
jayega jaega jaayega jaega jayga
timer taimar
train tren
book buk
email imel mail
meeting miting
upi yupiai yupiaai
card kard
cod siodi
fail fel failed
delete dilit
store stor
check chek chk chck
reminder rimaindar
match maich
rate ret
stock stok
offer ofar ufar
coupon kupan
app aip
download daunlod
online onlain
helpline helpalain
team tim
manager mainejar maneger
live laiv
office ofis offis
pincode pinkod pincod
chat chait
pickup pikaap pikap
cash kaish
otp otipi
machine mashin
emi iemaai
wallet volet
process proses
kitab
dikha dikhao dikhaie dikhaiye dikhado
kara karao karaie karaiye karwa karva karvaie karaen karwaiye karwado
yahan yaha yha idhar
wahan waha vahan vaha udhar
sabko
bahut bhut boht bht bohot bahot bhot
lekin lkn magar
kyunki kyuki kyonki
koi koyi
kuch kuchh kch kuchch
mein me main mai mei men
liye lie liya
aur or1 our1
se sey
ko koo
ka kaa
ki kii
ke kay
par pr pe
`;

/** Chat spelling → the one form the classifiers know. Inflections that ask for the same thing share a form. */
export const spellings: ReadonlyMap<string, string> = new Map(
  FORMS.trim()
    .split('\n')
    .flatMap((line) => {
      const [form = '', ...written] = line.trim().split(/\s+/);
      return written.map((word): [string, string] => [word, form]);
    }),
);
