"""verbs or pyrevm, doing what `writes.ts` and `operations.ts` do: `evm.py <verbs|pyrevm> <work.json> <operation>`.

The work is a token's creation code, the calls that give the senders their tokens, and calls to be repeated.
Says "ready", then for each line on stdin does a round and says how many calls it did in a second. Each is used
as its own documentation does where that is fastest: verbs submits a block's transactions at once, pyrevm calls.
"""

import json
import sys
import time

engine, path, operation = sys.argv[1:4]
with open(path, encoding="utf-8") as file:
    work = json.load(file)

raw = bytes.fromhex
text = "0x{}".format
owner = work["owner"]
rich = 10**24


def with_verbs():
    from verbs.envs import EmptyEnvGasPriority

    env = EmptyEnvGasPriority(1)
    env.create_account(raw(owner), rich)
    for sender in work["senders"]:
        env.create_account(raw(sender), rich)
    token = bytes(env.deploy_contract(raw(owner), "Token", raw(work["creation"])))
    for data in work["stock"]:
        env.execute(raw(owner), token, raw(data), 0)
    env.process_block()
    calls = [(raw(sender), raw(data)) for sender, data in work["calls"]]
    blocks = [
        [(sender, token, data, True, None, None, None) for sender, data in calls[at : at + work["perBlock"]]]
        for at in range(0, len(calls), work["perBlock"])
    ]
    creation = raw(work["creation"])

    def block_by_block():
        for block in blocks:
            env.submit_transactions(block)
            env.process_block()

    def execute():
        for sender, data in calls:
            env.execute(sender, token, data, 0)

    def call():
        for sender, data in calls:
            env.call(sender, token, data, 0)

    def deploy():
        for _ in calls:
            env.deploy_contract(raw(owner), "Token", creation)

    return {"writes": block_by_block, "stateful": execute, "lookup": call, "stateless": call, "deploy": deploy}


def with_pyrevm():
    from pyrevm import EVM

    evm = EVM()
    evm.set_balance(text(owner), rich)
    for sender in work["senders"]:
        evm.set_balance(text(sender), rich)
    creation = raw(work["creation"])
    token = evm.deploy(text(owner), creation)
    for data in work["stock"]:
        evm.message_call(text(owner), token, calldata=raw(data))
    calls = [(text(sender), raw(data)) for sender, data in work["calls"]]

    def execute():
        for sender, data in calls:
            evm.message_call(sender, token, calldata=data)

    def call():
        for sender, data in calls:
            evm.message_call(sender, token, calldata=data, is_static=True)

    def deploy():
        for _ in calls:
            evm.deploy(text(owner), creation)

    return {"writes": execute, "stateful": execute, "lookup": call, "stateless": call, "deploy": deploy}


once = {"verbs": with_verbs, "pyrevm": with_pyrevm}[engine]()[operation]
print("ready", flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    once()
    print(len(work["calls"]) / (time.perf_counter() - began), flush=True)
