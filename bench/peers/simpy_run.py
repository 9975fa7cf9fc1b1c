"""SimPy 4.1.2 on job R1 (b): a discrete-event model with fixed section times, no train dynamics.

The times of the six 10 km sections are the gold integrator's, rounded to a second; a section holds one train; each direction
has its own track in each loop, so nothing deadlocks and a stop costs no braking and no start. It shows what the event
machinery alone costs, and it is no measure of running times.

    python3 simpy_run.py both [see job.py]
"""
import time
from importlib.metadata import version

import job
import simpy

# seconds per 10 km section, in the order of travel, by direction
RUN = ([593, 676, 535, 450, 509, 498], [737, 468, 673, 535, 450, 487])


def line(args):
    """The run of every train that arrived, waiting to enter included."""
    env = simpy.Environment()
    sections = [simpy.Resource(env, 1) for _ in range(6)]
    loops = {(k, d): simpy.Resource(env, 1) for k in range(1, 6) for d in (0, 1)}
    done = []

    def train(direction, due):
        yield env.timeout(due)
        held = None
        for i in range(6):
            k = 5 - i if direction else i
            ahead = 5 - i if direction else i + 1
            stand = None
            if i < 5:  # the own track of the loop ahead first: no deadlock
                stand = loops[ahead, direction].request()
                yield stand
            section = sections[k].request()
            yield section
            if held:
                loops[held[0]].release(held[1])
            yield env.timeout(RUN[direction][i])
            sections[k].release(section)
            held = ((ahead, direction), stand) if stand else None
        done.append(env.now - due)

    for due, direction, _ in job.departures(args):
        env.process(train(direction, due))
    env.run()
    return done


def main():
    args = job.arguments(__doc__)
    if args.job != "both" or args.load:
        raise SystemExit("fixed section times: SimPy has no single-train physics and no loads")
    cpu = time.process_time()
    runs = line(args)
    cpu = time.process_time() - cpu
    job.tell(code="SimPy", version=version("simpy"), trains=2 * args.trains, arrived=len(runs), mean_run_s=sum(runs) / max(1, len(runs)),
             max_run_s=max(runs, default=None), train_hours=sum(runs) / 3600, simulating_cpu_s=cpu, said="fixed section times")


if __name__ == "__main__":
    main()
