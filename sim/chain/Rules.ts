/**
 * What a contract can see of a chain and the Chain interface does not carry: both chains hold it
 * equal by taking it from here.
 *
 * In a call (`Chain.call`) BASEFEE and GASPRICE are zero, as in geth's `eth_call`; number,
 * timestamp, prevrandao, coinbase and gas limit are those of the last block.
 */

/** What CHAINID gives. */
export const CHAIN_ID = 31337

/** Gas given to a call: what a transaction may have at most under EIP-7825, on every hardfork. */
export const CALL_GAS = 16_777_216
