//! revm with the rules of Hardhat's network: chain id 31337, EIP-170 held, EIP-3607 not applied, the
//! hardfork's own gas cap of a transaction, and calls that see BASEFEE and GASPRICE zero.

use crate::wire::{Malformed, Reader, Writer};
use crate::world::{Untold, World, told};
use revm::bytecode::Bytecode;
use revm::context::result::{EVMError, ExecutionResult, InvalidTransaction, Output};
use revm::context::{BlockEnv, Context, ContextTr, TxEnv};
use revm::context_interface::block::BlobExcessGasAndPrice;
use revm::handler::{MainnetContext, MainnetEvm};
use revm::primitives::{Address, TxKind, U256, hardfork::SpecId};
use revm::{ExecuteCommitEvm, ExecuteEvm, MainBuilder};

const CHAIN_ID: u64 = 31_337;

/// Why there is no answer. The first three name an entry of the list they were asked in.
pub enum Fault {
    /// The buffer is not what the export expects.
    Malformed,
    /// A transaction that cannot be part of a block.
    Refused(usize, String),
    /// What hangs on state roots.
    Unsupported(usize, Untold),
    /// revm gave up for a reason of its own.
    Fatal(usize, String),
}

impl From<Malformed> for Fault {
    fn from(_: Malformed) -> Self {
        Fault::Malformed
    }
}

pub struct Machine {
    evm: MainnetEvm<MainnetContext<World>>,
    /// Gas given to a call.
    call_gas: u64,
}

impl Machine {
    /// An empty chain, in block 0.
    pub fn new(spec: SpecId, call_gas: u64) -> Self {
        let evm = Context::<BlockEnv, TxEnv, _, _, _, ()>::new(World::default(), spec)
            .modify_cfg_chained(|cfg| {
                cfg.chain_id = CHAIN_ID;
                cfg.tx_chain_id_check = false;
                cfg.disable_eip3607 = true;
                cfg.set_spec_and_mainnet_gas_params(spec);
            })
            .build_mainnet();
        let mut machine = Machine { evm, call_gas };
        machine.evm.ctx.block = BlockEnv {
            number: U256::ZERO,
            timestamp: U256::ZERO,
            gas_limit: 0,
            prevrandao: Some(Default::default()),
            // No transaction here carries blobs, so the excess stays zero and the price one wei.
            blob_excess_gas_and_price: Some(BlobExcessGasAndPrice { excess_blob_gas: 0, blob_gasprice: 1 }),
            ..Default::default()
        };
        machine
    }

    fn world(&mut self) -> &mut World {
        self.evm.ctx.db_mut()
    }

    /// Number u64, timestamp u64, base fee u64, gas limit u64, prevrandao word, coinbase address.
    fn environment(&self, reader: &mut Reader) -> Result<BlockEnv, Malformed> {
        Ok(BlockEnv {
            number: U256::from(reader.u64()?),
            timestamp: U256::from(reader.u64()?),
            basefee: reader.u64()?,
            gas_limit: reader.u64()?,
            prevrandao: Some(reader.word()?),
            beneficiary: reader.address()?,
            ..self.evm.ctx.block.clone()
        })
    }

    /// A block: its environment, then transactions. All of them happen, or nothing does.
    pub fn block(&mut self, input: &[u8], out: &mut Writer) -> Result<(), Fault> {
        let mut reader = Reader::new(input)?;
        let before = self.evm.ctx.block.clone();
        self.evm.ctx.block = self.environment(&mut reader)?;
        let result = self.transactions(reader, out);
        match result {
            Ok(()) => self.world().keep(),
            Err(_) => {
                self.world().undo();
                self.evm.ctx.block = before;
            }
        }
        result
    }

    /// A count, then per transaction: create u8, value u256, nonce u64, gas u64, gas price u128, length of
    /// data u32; sender, receiver unless it creates, data.
    fn transactions(&mut self, mut reader: Reader, out: &mut Writer) -> Result<(), Fault> {
        let count = reader.u32()? as usize;
        let mut left = self.evm.ctx.block.gas_limit;
        for index in 0..count {
            let create = match reader.u8()? {
                0 => false,
                1 => true,
                _ => return Err(Fault::Malformed),
            };
            let (value, nonce, gas_limit, gas_price) = (reader.u256()?, reader.u64()?, reader.u64()?, reader.u128()?);
            let caller = reader.address()?;
            let kind = if create { TxKind::Create } else { TxKind::Call(reader.address()?) };
            let data = reader.bytes()?;
            if gas_limit > left {
                return Err(Fault::Refused(
                    index,
                    format!("it asks for {gas_limit} gas, and the block has {left} left"),
                ));
            }
            if create && data.is_empty() {
                // The EVM knows such a creation; Hardhat's network does not take it.
                return Err(Fault::Refused(index, "it creates a contract from no code".into()));
            }
            let mut tx = blank(caller, kind);
            tx.value = value;
            tx.nonce = nonce;
            tx.gas_limit = gas_limit;
            tx.gas_price = gas_price;
            tx.data = data;
            let result = self.evm.transact_commit(tx).map_err(|error| fault(index, error))?;
            left = left.saturating_sub(result.tx_gas_used());
            receipt(&result, out);
        }
        reader.end()?;
        Ok(())
    }

    /// A count, then per call: length of data u32; sender, receiver, data. Per answer: ok u8, data.
    pub fn calls(&mut self, input: &[u8], out: &mut Writer) -> Result<(), Fault> {
        let mut reader = Reader::new(input)?;
        let count = reader.u32()? as usize;
        let base_fee = self.evm.ctx.block.basefee;
        let result = self.each_call(&mut reader, count, out);
        self.evm.ctx.block.basefee = base_fee;
        self.evm.ctx.cfg.disable_nonce_check = false;
        self.evm.ctx.cfg.disable_block_gas_limit = false;
        result?;
        reader.end()?;
        Ok(())
    }

    fn each_call(&mut self, reader: &mut Reader, count: usize, out: &mut Writer) -> Result<(), Fault> {
        self.evm.ctx.block.basefee = 0;
        self.evm.ctx.cfg.disable_nonce_check = true;
        self.evm.ctx.cfg.disable_block_gas_limit = true;
        for index in 0..count {
            let caller = reader.address()?;
            let mut tx = blank(caller, TxKind::Call(reader.address()?));
            tx.data = reader.bytes()?;
            tx.gas_limit = self.call_gas;
            let result = self.evm.transact(tx).map_err(|error| fault(index, error))?.result;
            out.u8(result.is_success() as u8);
            out.bytes(result.output().map_or(&[], |bytes| bytes));
        }
        Ok(())
    }

    /// Of an address: balance as 32 bytes, nonce as 8 bytes, code.
    pub fn account(&mut self, input: &[u8], out: &mut Writer) -> Result<(), Fault> {
        let mut reader = Reader::new(input)?;
        let address = one(&mut reader)?;
        reader.end()?;
        let info = self.world().info(address).cloned().unwrap_or_default();
        out.digits(&info.balance.to_be_bytes::<32>());
        out.digits(&info.nonce.to_be_bytes());
        out.bytes(info.code.as_ref().map_or(&[], |code| code.original_byte_slice()));
        Ok(())
    }

    /// Of an address and a key: the word there.
    pub fn storage(&mut self, input: &[u8], out: &mut Writer) -> Result<(), Fault> {
        let mut reader = Reader::new(input)?;
        let address = one(&mut reader)?;
        let key = reader.word()?;
        reader.end()?;
        let value = self.world().slot(address, key.into());
        out.digits(&value.to_be_bytes::<32>());
        Ok(())
    }

    /// Wei u256 and a count, then addresses, whose balances are set.
    pub fn fund(&mut self, input: &[u8]) -> Result<(), Fault> {
        let mut reader = Reader::new(input)?;
        let wei = reader.u256()?;
        let count = reader.count_of_text(42)?;
        let mut addresses = Vec::with_capacity(count);
        for index in 0..count {
            let address = reader.address()?;
            told(address).map_err(|untold| Fault::Unsupported(index, untold))?;
            addresses.push(address);
        }
        reader.end()?;
        for address in addresses {
            self.world().set_balance(address, wei);
        }
        Ok(())
    }

    /// An address and code, which is put there.
    pub fn place(&mut self, input: &[u8]) -> Result<(), Fault> {
        let mut reader = Reader::new(input)?;
        let address = one(&mut reader)?;
        let code = reader.bytes()?;
        reader.end()?;
        let code = Bytecode::new_raw_checked(code).map_err(|error| Fault::Refused(0, error.to_string()))?;
        self.world().set_code(address, code);
        Ok(())
    }
}

fn one(reader: &mut Reader) -> Result<Address, Fault> {
    let address = reader.address()?;
    told(address).map_err(|untold| Fault::Unsupported(0, untold))?;
    Ok(address)
}

/// A legacy transaction without data, value, gas or price.
fn blank(caller: Address, kind: TxKind) -> TxEnv {
    TxEnv {
        tx_type: 0,
        caller,
        gas_limit: 0,
        gas_price: 0,
        kind,
        value: U256::ZERO,
        data: Default::default(),
        nonce: 0,
        chain_id: Some(CHAIN_ID),
        access_list: Default::default(),
        gas_priority_fee: None,
        blob_hashes: Vec::new(),
        max_fee_per_blob_gas: 0,
        authorization_list: Vec::new(),
    }
}

fn fault(index: usize, error: EVMError<Untold, InvalidTransaction>) -> Fault {
    match error {
        EVMError::Transaction(why) => Fault::Refused(index, why.to_string()),
        EVMError::Database(untold) => Fault::Unsupported(index, untold),
        other => Fault::Fatal(index, other.to_string()),
    }
}

/// Length of its text u32, flags u8 (1 success, 2 created, 4 revert data), gas used u64, a count of logs u32;
/// created address or revert data; per log a count of topics u8, the address, the topics, the data.
fn receipt(result: &ExecutionResult, out: &mut Writer) {
    let measure = out.measure();
    let gas = result.tx_gas_used();
    match result {
        ExecutionResult::Success { logs, output, .. } => {
            let created = match output {
                Output::Create(_, Some(address)) => Some(address),
                _ => None,
            };
            out.u8(1 | (created.is_some() as u8) << 1);
            out.u64(gas);
            out.u32(logs.len() as u32);
            if let Some(address) = created {
                out.digits(address.as_slice());
            }
            for log in logs {
                let topics = log.data.topics();
                out.u8(topics.len() as u8);
                out.digits(log.address.as_slice());
                for topic in topics {
                    out.digits(topic.as_slice());
                }
                out.bytes(&log.data.data);
            }
        }
        ExecutionResult::Revert { output, .. } if !output.is_empty() => {
            out.u8(4);
            out.u64(gas);
            out.u32(0);
            out.bytes(output);
        }
        ExecutionResult::Revert { .. } | ExecutionResult::Halt { .. } => {
            out.u8(0);
            out.u64(gas);
            out.u32(0);
        }
    }
    out.measured(measure);
}
