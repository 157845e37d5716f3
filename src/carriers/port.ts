import type { CarrierInstruction, CarrierPort } from '../core/carrier';
import type { Clock } from '../core/clock';
import { delhiveryCarrier, type DelhiveryAccount } from './delhivery/driver';
import { httpCarrier } from './http-driver';
import { shiprocketCarrier, type ShiprocketAccount } from './shiprocket/ndr-driver';

/** Where instructions may go. Whatever is unset is not there. */
export interface CarrierSettings {
  url?: string;
  token?: string;
  shiprocket?: ShiprocketAccount;
  delhivery?: DelhiveryAccount;
}

function isDelhivery({ carrier }: CarrierInstruction): boolean {
  return /^delhivery$/i.test(carrier?.trim() ?? '');
}

/**
 * The carrier of a configuration. `CARRIER_API_URL` gets everything. Without it parcels of the carrier `delhivery` go to Delhivery itself
 * and all others to Shiprocket, as far as those are configured and have a call for it. Undefined when nobody can be asked: nothing may claim
 * that somebody was, so an instruction stays `requested` on the desk's list and in exports until a person settles it.
 */
export function carrierFor(settings: CarrierSettings, clock: Clock): CarrierPort | undefined {
  const { url, token } = settings;
  if (url && token) return httpCarrier({ url, token });
  const delhivery = settings.delhivery && delhiveryCarrier(settings.delhivery);
  const shiprocket = settings.shiprocket && shiprocketCarrier(settings.shiprocket, clock);
  if (!delhivery && !shiprocket) return undefined;
  const whose = (instruction: CarrierInstruction) => {
    const port = delhivery && isDelhivery(instruction) ? delhivery : shiprocket;
    return port?.takes(instruction) ? port : undefined;
  };
  return {
    takes: (instruction) => whose(instruction) !== undefined,
    submit: (instruction) => {
      const port = whose(instruction);
      if (!port) throw new RangeError('an instruction was handed to carriers that do not take it');
      return port.submit(instruction);
    },
  };
}
