import type { GuessLimits, OneTimeCodes } from '../../src/core/codes';
import type { OrderStore } from '../../src/core/order-store';
import type { ShopRules } from '../../src/core/policy';
import type { Understand } from '../../src/core/understanding';

/** What the conversations need from the rest of the product. All ports; nothing here talks to a provider. */
export interface BotDeps {
  orders: OrderStore;
  rules: ShopRules;
  understand: Understand;
  codes: OneTimeCodes;
  guesses: GuessLimits;
  /** Encrypts a UPI id or bank account with the shop's secret; without it, refund accounts go to a person. */
  seal?: (plain: string) => string;
}
