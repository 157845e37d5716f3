import type { Customer, Heard, Shop } from './product';
import { eventually } from './stream';

/** The newest one-time code that left for an order's own phone (WhatsApp template). */
export async function codeSentTo(shop: Shop, phone: string, after = 0): Promise<string> {
  return eventually('a code on its way', () => {
    const sends = shop.provider.taken.filter(
      (send) => send.to === phone.replace(/\D/g, '') && send.body.type === 'template',
    );
    return sends.length > after ? /\d{6}/.exec(JSON.stringify(sends.at(-1)?.body.template))?.[0] : undefined;
  });
}

/** Answers whatever proof is asked, as the owner of the order would, until something else is asked. */
export async function prove(
  shop: Shop,
  customer: Customer,
  heard: Heard,
  owner: { pin: string; phone: string },
): Promise<Heard> {
  const digits = owner.phone.replace(/\D/g, '');
  const before = shop.provider.taken.filter(
    (send) => send.to === digits && send.body.type === 'template',
  ).length;
  let last = heard;
  for (let step = 0; step < 6; step += 1) {
    if (
      /6-digit code|code is on its way|code.*(sent|send)/i.test(last.text) &&
      !/PIN code/.test(last.text.split('\n').at(-1) ?? '')
    ) {
      last = await customer.says(await codeSentTo(shop, owner.phone, before));
    } else if (/PIN code/.test(last.text)) last = await customer.says(owner.pin);
    else if (/phone number/i.test(last.text)) last = await customer.says(owner.phone);
    else if (last.options.some((option) => /whatsapp/i.test(option.title)))
      last = await customer.taps(last.options.find((option) => /whatsapp/i.test(option.title))!.title);
    else return last;
  }
  return last;
}
