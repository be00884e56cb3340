import { CodedError } from '../contract/coded-error.ts';
import { AddressAllowance } from './address-allowance.ts';

/** A school class behind one address may each try it; a script that fills the disk may not. */
const PILES_PER_HOUR = 60;
const BYTES_PER_HOUR = 2 * 2 ** 30;

/** What visitors may do from one address. */
export class PublicAllowances {
  readonly #piles: AddressAllowance;
  readonly #bytes: AddressAllowance;

  constructor({ pilesPerHour = PILES_PER_HOUR, bytesPerHour = BYTES_PER_HOUR } = {}) {
    this.#piles = new AddressAllowance({ perHour: pilesPerHour });
    this.#bytes = new AddressAllowance({ perHour: bytesPerHour });
  }

  /** @throws CodedError `upload.tooOften` */
  takePile(address: string): void {
    if (!this.#piles.take(address, 1)) throw tooOften('Too many piles were begun from your address. Try again later.');
  }

  /** @throws CodedError `upload.tooOften` */
  takeBytes(address: string, bytes: number): void {
    if (!this.#bytes.take(address, bytes)) throw tooOften('Too much was sent from your address. Try again later.');
  }
}

function tooOften(words: string): CodedError {
  return new CodedError('upload.tooOften', words);
}
