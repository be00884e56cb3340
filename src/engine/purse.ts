import type { Tokens } from './unit.ts';

/** US dollars for one token. */
export interface TokenPrice {
  inputUsdPerToken: number;
  outputUsdPerToken: number;
}

export interface PurseOptions {
  /** The most that the run may cost, US dollars; null for no cap. */
  capUsd: number | null;
  /** Null where the price of the model is not known: then nothing can be counted or capped. */
  price: TokenPrice | null;
  /** Of another model that may answer as well: the dearer one is set aside. */
  otherPrice?: TokenPrice | null;
}

/** Money set aside for one call. */
export interface Reservation {
  usd: number;
  /** What the answer may have at most, so that the call cannot cost more; null without a cap. */
  maxOutputTokens: number | null;
}

/** Set aside for an answer before any was seen, and at least. */
const FIRST_OUTPUT_TOKENS = 2_048;
/** Answers differ: so many times the largest one seen is set aside while there is money enough, and so many at the end. */
const AMPLE = 3;
const TIGHT = 1.5;
const LEAST_OUTPUT_TOKENS = 256;
/** Estimates of input tokens are off by some, the more before any answer has told how many they were. */
const INPUT_MARGIN = 1.2;
const FIRST_INPUT_MARGIN = 2;

/**
 * The money of one run. What a call can cost at most is set aside before it begins, with a limit on its answer that the
 * service itself keeps, so that the cap is never passed however the calls end.
 */
export class Purse {
  readonly #capUsd: number | null;
  readonly #price: TokenPrice | null;
  /** What is set aside for a token at most. */
  readonly #dearest: TokenPrice | null;
  #spentUsd = 0;
  #reservedUsd = 0;
  #reservations = 0;
  #largestOutput = 0;

  constructor({ capUsd, price, otherPrice }: PurseOptions) {
    this.#capUsd = price === null ? null : capUsd;
    this.#price = price;
    this.#dearest = price && otherPrice ? dearest(price, otherPrice) : price;
  }

  /** What has been paid for, and what may have been: calls that were cut off count as the most they can have cost. */
  get spentUsd(): number {
    return this.#spentUsd;
  }

  /** Neither now nor later, unless calls under way cost less than what is set aside for them. */
  get isWaitingForCalls(): boolean {
    return this.#reservations > 0;
  }

  /** @returns the cost of a call, null where the price is not known */
  costUsd(tokens: Tokens): number | null {
    return this.#price === null ? null : callCostUsd(this.#price, tokens);
  }

  /**
   * What would be set aside for a call now; null where the cap does not allow it (at least not before others have ended).
   *
   * @param inputTokens expected
   * @param isKnown whether answers have told how good such expectations are: until then one call goes ahead
   */
  offer(inputTokens: number, isKnown: boolean): Reservation | null {
    if (this.#capUsd === null || this.#dearest === null) return { usd: 0, maxOutputTokens: null };
    const { inputUsdPerToken, outputUsdPerToken } = this.#dearest;
    if (!isKnown && this.#reservations > 0) return null;
    const margin = isKnown ? INPUT_MARGIN : FIRST_INPUT_MARGIN;
    // Whole tokens: of a very short input a share is less than one.
    const inputUsd = Math.ceil(inputTokens * margin) * inputUsdPerToken;
    const leftUsd = this.#capUsd - this.#spentUsd - this.#reservedUsd;
    const ample = Math.max(FIRST_OUTPUT_TOKENS, Math.ceil(this.#largestOutput * AMPLE));
    const ampleUsd = inputUsd + ample * outputUsdPerToken;
    if (ampleUsd <= leftUsd) return { usd: ampleUsd, maxOutputTokens: ample };
    // Calls under way will give back most of what is set aside for them: then there may be enough.
    if (this.#reservations > 0) return null;
    const affordable = Math.floor((leftUsd - inputUsd) / outputUsdPerToken);
    const tight = Math.max(LEAST_OUTPUT_TOKENS, Math.ceil(this.#largestOutput * TIGHT));
    return affordable >= tight ? { usd: leftUsd, maxOutputTokens: affordable } : null;
  }

  /** Counts what was paid before, or elsewhere. */
  charge(tokens: Tokens): void {
    this.#spentUsd += this.costUsd(tokens) ?? 0;
  }

  take(reservation: Reservation): void {
    this.#reservedUsd += reservation.usd;
    this.#reservations += 1;
  }

  /**
   * @param tokens what the call cost; null where nobody knows, since it was cut off: then all that was set aside counts
   */
  settle(reservation: Reservation, tokens: Tokens | null): void {
    this.#reservations -= 1;
    this.#reservedUsd = this.#reservations === 0 ? 0 : this.#reservedUsd - reservation.usd;
    this.#spentUsd += tokens === null ? reservation.usd : (this.costUsd(tokens) ?? 0);
    if (tokens) this.#largestOutput = Math.max(this.#largestOutput, tokens.output);
  }
}

/** What a call has cost, or would cost, in US dollars. */
export function callCostUsd({ inputUsdPerToken, outputUsdPerToken }: TokenPrice, tokens: Tokens): number {
  return tokens.input * inputUsdPerToken + tokens.output * outputUsdPerToken + (tokens.extraUsd ?? 0);
}

function dearest(one: TokenPrice, other: TokenPrice): TokenPrice {
  return {
    inputUsdPerToken: Math.max(one.inputUsdPerToken, other.inputUsdPerToken),
    outputUsdPerToken: Math.max(one.outputUsdPerToken, other.outputUsdPerToken),
  };
}
