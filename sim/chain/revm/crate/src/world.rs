//! The state of the chain: accounts with their code and storage, and nothing else.
//!
//! It holds what differs from nothing: an account that is empty after a transaction touched it (EIP-161) and
//! a slot that is zero are absent. What a block changed can be undone until the block is done, so that a
//! block with a refused transaction leaves no trace.
//!
//! BLOCKHASH and the contracts of EIP-2935 and EIP-4788 hang on state roots, which are not computed: any
//! question about them is an error, never an answer.

use revm::bytecode::Bytecode;
use revm::primitives::{Address, AddressMap, B256, B256Map, U256, U256Map, address, hash_map::Entry};
use revm::state::{Account, AccountInfo};
use revm::{Database, DatabaseCommit, database_interface::DBErrorMarker};

/// The contract of EIP-2935, which keeps block hashes.
pub const HISTORY: Address = address!("0x0000F90827F1C53a10cb7A02335B175320002935");
/// The contract of EIP-4788, which keeps beacon roots.
pub const BEACON_ROOTS: Address = address!("0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02");

/// What was asked that hangs on state roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    BlockHash,
    History,
    BeaconRoots,
    Code,
}

impl Untold {
    pub fn words(self) -> &'static str {
        match self {
            Untold::BlockHash => "BLOCKHASH of an earlier block",
            Untold::History => "the contract of EIP-2935 (block hashes)",
            Untold::BeaconRoots => "the contract of EIP-4788 (beacon roots)",
            Untold::Code => "code that is not held",
        }
    }
}

impl core::fmt::Display for Untold {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.words())
    }
}
impl core::error::Error for Untold {}
impl DBErrorMarker for Untold {}

/// Whether the address may be asked about.
pub fn told(address: Address) -> Result<(), Untold> {
    if address == HISTORY {
        return Err(Untold::History);
    }
    if address == BEACON_ROOTS {
        return Err(Untold::BeaconRoots);
    }
    Ok(())
}

#[derive(Default)]
struct Held {
    info: AccountInfo,
    storage: U256Map<U256>,
}

enum Undo {
    /// The account's own fields; it was absent when none.
    Info(Address, Option<AccountInfo>),
    Slot(Address, U256, U256),
    /// The account with its storage, of one that was destroyed or created anew.
    Whole(Address, Option<Held>),
}

#[derive(Default)]
pub struct World {
    accounts: AddressMap<Held>,
    /// Code by its hash, so that equal contracts share one copy.
    codes: B256Map<Bytecode>,
    undo: Vec<Undo>,
}

impl World {
    pub fn info(&self, address: Address) -> Option<&AccountInfo> {
        self.accounts.get(&address).map(|held| &held.info)
    }

    pub fn slot(&self, address: Address, key: U256) -> U256 {
        self.accounts.get(&address).and_then(|held| held.storage.get(&key)).copied().unwrap_or_default()
    }

    pub fn set_balance(&mut self, address: Address, wei: U256) {
        self.accounts.entry(address).or_default().info.balance = wei;
    }

    pub fn set_code(&mut self, address: Address, code: Bytecode) {
        let hash = code.hash_slow();
        let code = self.shared(hash, code);
        let info = &mut self.accounts.entry(address).or_default().info;
        info.code_hash = hash;
        info.code = Some(code);
    }

    /// What was changed since the last call stays.
    pub fn keep(&mut self) {
        self.undo.clear();
        self.undo.shrink_to(4096);
    }

    /// What was changed since the last `keep` is undone.
    pub fn undo(&mut self) {
        while let Some(undo) = self.undo.pop() {
            match undo {
                Undo::Info(address, Some(info)) => self.accounts.entry(address).or_default().info = info,
                Undo::Info(address, None) | Undo::Whole(address, None) => {
                    self.accounts.remove(&address);
                }
                Undo::Slot(address, key, old) => {
                    let storage = &mut self.accounts.entry(address).or_default().storage;
                    if old.is_zero() {
                        storage.remove(&key);
                    } else {
                        storage.insert(key, old);
                    }
                }
                Undo::Whole(address, Some(held)) => {
                    self.accounts.insert(address, held);
                }
            }
        }
        self.keep();
    }

    fn shared(&mut self, hash: B256, code: Bytecode) -> Bytecode {
        if code.is_empty() {
            return code;
        }
        self.codes.entry(hash).or_insert(code).clone()
    }

    fn commit_account(&mut self, address: Address, mut account: Account) {
        if !account.is_touched() {
            return;
        }
        let gone = account.is_selfdestructed() || account.info.is_empty();
        if gone || account.is_created() {
            let old = self.accounts.remove(&address);
            if gone && old.is_none() {
                return;
            }
            self.undo.push(Undo::Whole(address, old));
            if gone {
                return;
            }
            if let Some(code) = account.info.code.take() {
                account.info.code = Some(self.shared(account.info.code_hash, code));
            }
        }
        let held = match self.accounts.entry(address) {
            Entry::Occupied(entry) => {
                let held = entry.into_mut();
                let old = core::mem::replace(&mut held.info, account.info);
                self.undo.push(Undo::Info(address, Some(old)));
                held
            }
            Entry::Vacant(entry) => {
                self.undo.push(Undo::Info(address, None));
                entry.insert(Held { info: account.info, storage: U256Map::default() })
            }
        };
        for (key, slot) in account.storage {
            let now = slot.present_value;
            let old = if now.is_zero() { held.storage.remove(&key) } else { held.storage.insert(key, now) };
            let old = old.unwrap_or_default();
            if old != now {
                self.undo.push(Undo::Slot(address, key, old));
            }
        }
    }
}

impl Database for World {
    type Error = Untold;

    fn basic(&mut self, address: Address) -> Result<Option<AccountInfo>, Untold> {
        told(address)?;
        Ok(self.accounts.get(&address).map(|held| held.info.clone()))
    }

    fn code_by_hash(&mut self, hash: B256) -> Result<Bytecode, Untold> {
        // Every account carries its code, so this is not asked.
        self.codes.get(&hash).cloned().ok_or(Untold::Code)
    }

    fn storage(&mut self, address: Address, key: U256) -> Result<U256, Untold> {
        Ok(self.slot(address, key))
    }

    fn block_hash(&mut self, _: u64) -> Result<B256, Untold> {
        Err(Untold::BlockHash)
    }
}

impl DatabaseCommit for World {
    fn commit(&mut self, changes: AddressMap<Account>) {
        for (address, account) in changes {
            self.commit_account(address, account);
        }
    }
}
