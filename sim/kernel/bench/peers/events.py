"""SimPy or Mesa, doing what `events.ts` does: `events.py <simpy|mesa> <agents> <events>`.

SimPy: a process per agent that waits a random whole number of seconds, again and again. Mesa, which steps all
agents at once and has no times of their own: a step of an agent counts as its event. Says "ready", then for each
line on stdin does a round and says how many events it did in a second.
"""

import random
import sys
import time

kernel, agents, events = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def with_simpy():
    import simpy

    draw = random.Random(1)
    waits = [draw.randint(1, 604_800) for _ in range(1 << 16)]
    mask = len(waits) - 1

    def agent(env, at):
        while True:
            yield env.timeout(waits[at & mask])
            at += 1

    env = simpy.Environment()
    for number in range(agents):
        env.process(agent(env, number * 7))

    def once():
        step = env.step
        for _ in range(events):
            step()

    return once


def with_mesa():
    import mesa

    class Waiting(mesa.Agent):
        def __init__(self, model):
            super().__init__(model)
            self.woken = 0

        def step(self):
            self.woken += 1

    model = mesa.Model(seed=1)
    Waiting.create_agents(model, agents)

    def once():
        for _ in range(max(1, events // agents)):
            model.agents.do("step")

    return once


once = {"simpy": with_simpy, "mesa": with_mesa}[kernel]()
print("ready", flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    once()
    print(events / (time.perf_counter() - began), flush=True)
