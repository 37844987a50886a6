//! A chain in linear memory: a thin binding over revm, without EVM code of its own.
//!
//! One instance of the module is one chain. The host asks for `input(length)`, writes a question there in
//! the form of `wire`, calls an export with the length, and reads `output_length()` bytes at `output()`.
//! Every export gives 0 or a code of what went wrong; no input makes the module panic. Memory that runs
//! out traps, and the instance is then of no use.

mod heap;
mod machine;
mod wire;
mod world;

use alloy_primitives::utils::{init_keccak_cache, keccak256_uncached};
use core::cell::UnsafeCell;
use machine::{Fault, Machine};
use revm::primitives::hardfork::SpecId;
use wire::Writer;

/// Most bytes of a question.
const MOST: usize = 256 << 20;
/// What a buffer keeps between questions, in bytes.
const KEPT: usize = 1 << 20;

/// How many hashes of short inputs are kept, at 128 bytes each: nearly all are places of mappings, asked for again
/// and again. A snapshot holds them too.
const HASHES: usize = 1 << 14;

const OK: u32 = 0;
const MALFORMED: u32 = 1;
const REFUSED: u32 = 2;
const UNSUPPORTED: u32 = 3;
const FATAL: u32 = 4;
const CLOSED: u32 = 5;

#[derive(Default)]
struct Instance {
    machine: Option<Machine>,
    input: Vec<u8>,
    writer: Writer,
}

struct Global(UnsafeCell<Option<Instance>>);
// SAFETY: the module has one thread.
unsafe impl Sync for Global {}
static GLOBAL: Global = Global(UnsafeCell::new(None));

fn instance() -> &'static mut Instance {
    // SAFETY: one thread, and every export takes the reference once and lets it go before it returns.
    unsafe { (*GLOBAL.0.get()).get_or_insert_default() }
}

/// Room for a question of so many bytes: its address, or 0 when that is more than a question may have.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    let input = &mut instance().input;
    if length > MOST {
        return core::ptr::null_mut();
    }
    // A large question is not kept, nor are snapshots burdened with it.
    if input.capacity() > KEPT && length <= KEPT {
        *input = Vec::new();
    }
    if input.len() < length {
        input.resize(length, 0);
    }
    input.as_mut_ptr()
}

/// The address of the last answer.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    instance().writer.binary.as_ptr()
}

/// The length of the last answer, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn output_length() -> usize {
    instance().writer.binary.len()
}

/// Begins an empty chain: hardfork 0 prague, 1 osaka; gas given to a call.
#[unsafe(no_mangle)]
pub extern "C" fn open(hardfork: u32, call_gas: u32) -> u32 {
    let spec = match hardfork {
        0 => SpecId::PRAGUE,
        1 => SpecId::OSAKA,
        _ => return MALFORMED,
    };
    // A second chain of this instance finds it there.
    let _ = init_keccak_cache(HASHES);
    instance().machine = Some(Machine::new(spec, call_gas.into()));
    OK
}

type Export = fn(&mut Machine, &[u8], &mut Writer) -> Result<(), Fault>;

fn answer(length: usize, export: Export) -> u32 {
    let Instance { machine, input, writer } = instance();
    writer.begin();
    let Some(machine) = machine else {
        writer.end();
        return CLOSED;
    };
    let result = input.get(..length).ok_or(Fault::Malformed).and_then(|input| export(machine, input, writer));
    finish(result, writer)
}

/// The answer, or in its place the number of the entry at fault and words about it.
fn finish(result: Result<(), Fault>, writer: &mut Writer) -> u32 {
    let (code, index, words) = match result {
        Ok(()) => {
            writer.end();
            return OK;
        }
        Err(Fault::Malformed) => (MALFORMED, 0, String::new()),
        Err(Fault::Refused(index, words)) => (REFUSED, index, words),
        Err(Fault::Unsupported(index, untold)) => (UNSUPPORTED, index, untold.to_string()),
        Err(Fault::Fatal(index, words)) => (FATAL, index, words),
    };
    writer.begin();
    writer.u32(index as u32);
    writer.words(&words);
    writer.end();
    code
}

/// See `Machine::block`.
#[unsafe(no_mangle)]
pub extern "C" fn block(length: usize) -> u32 {
    answer(length, Machine::block)
}

/// See `Machine::calls`.
#[unsafe(no_mangle)]
pub extern "C" fn calls(length: usize) -> u32 {
    answer(length, Machine::calls)
}

/// See `Machine::account`.
#[unsafe(no_mangle)]
pub extern "C" fn account(length: usize) -> u32 {
    answer(length, Machine::account)
}

/// See `Machine::storage`.
#[unsafe(no_mangle)]
pub extern "C" fn storage(length: usize) -> u32 {
    answer(length, Machine::storage)
}

/// See `Machine::fund`.
#[unsafe(no_mangle)]
pub extern "C" fn fund(length: usize) -> u32 {
    answer(length, |machine, input, _| machine.fund(input))
}

/// See `Machine::place`.
#[unsafe(no_mangle)]
pub extern "C" fn place(length: usize) -> u32 {
    answer(length, |machine, input, _| machine.place(input))
}

/// The Keccak-256 hash of the question itself, whatever bytes it is: the answer is its 32 bytes and nothing
/// else. It needs no open chain.
#[unsafe(no_mangle)]
pub extern "C" fn keccak(length: usize) -> u32 {
    let Instance { input, writer, .. } = instance();
    let Some(bytes) = input.get(..length) else { return MALFORMED };
    writer.binary.clear();
    writer.binary.extend_from_slice(keccak256_uncached(bytes).as_slice());
    OK
}

/// Randomness is not to be had here, and whoever asks is told so.
fn no_randomness(_: &mut [u8]) -> Result<(), getrandom::Error> {
    Err(getrandom::Error::UNSUPPORTED)
}
getrandom::register_custom_getrandom!(no_randomness);
