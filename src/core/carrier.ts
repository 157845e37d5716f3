import type { Address, InstructionAction } from './order';
import type { SlotName } from './understanding';
import type { Day } from './zone';

/** What is asked of a carrier (contract section 5). `id` is also the idempotency key. */
export interface CarrierInstruction {
  id: string;
  orderNumber: string;
  shipmentId?: string;
  trackingNumber?: string;
  carrier?: string;
  action: InstructionAction;
  date?: Day;
  slot?: SlotName;
  address?: Address;
  phone?: string;
  comments?: string;
}

export type CarrierAnswer =
  | { status: 'accepted'; reference?: string }
  | { status: 'rejected'; reference?: string; reason?: string }
  | { status: 'pending'; reference?: string };

/** The carrier's side. Throws `ChannelError`-like `AppError` when it cannot be reached; the caller retries. */
export interface CarrierPort {
  submit(instruction: CarrierInstruction): Promise<CarrierAnswer>;
}
