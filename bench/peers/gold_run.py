"""Gold: an independent integrator for the single train of job R1 (no peer, no part of Yalu; it fixes the physics).

Small time steps, standard library only. Two gradient models: 'strap' spreads the train's mass evenly over its length (the
job's rule); 'point' takes the gradient under the front (for the codes that do so). Front from x = 560 m to x = 60 km,
standing start, standing stop.

    python3 gold_run.py single [see job.py]
"""
import time

import job


def run(dt=0.01, model="strap", reverse=False, stop_m=job.LENGTH_M):
    """Seconds, wheel kWh, braked kWh and the times at the marks, for a stop with the front at `stop_m`."""
    p = job.profile(reverse)
    z = job.elevation(p)
    length, m, c = job.TRAIN_M, job.mass(), job.AIR
    me = m * job.ROTATING
    x, v, s, e, eb = length, 0.0, 0.0, 0.0, 0.0
    marks, todo = [], list(job.MARKS_M)

    def grade(x):
        if model == "strap":
            return (z(x) - z(x - length)) / length
        for _, b, g in p:
            if x < b:
                return g / 1000
        return p[-1][2] / 1000

    while x < stop_m - 1e-6:
        r = m * job.G * (job.ROLLING + grade(x)) + c * v * v
        curve = (2 * job.BRAKE * max(stop_m - x, 0)) ** 0.5
        f = min(job.FORCE_N, job.POWER_W / max(v, 0.1))
        a = (f - r) / me
        target = min(job.LIMIT, curve)
        if v + a * dt > target:  # hold the limit or follow the braking curve
            a = (target - v) / dt
            f = me * a + r
        vn = max(0.0, v + a * dt)
        if vn < 0.01 and curve < 0.5:
            break
        dx = (v + vn) / 2 * dt
        e += max(f, 0) * dx
        eb += max(-f, 0) * dx
        while todo and x + dx >= todo[0]:
            at = todo.pop(0)
            marks.append({"at_m": at, "time_s": round(s, 2)})
        x, v, s = x + dx, vn, s + dt
    return {"duration_s": round(s, 2), "wheel_kwh": round(e / 3.6e6, 3), "braked_kwh": round(eb / 3.6e6, 3), "marks": marks}


def main():
    job.arguments(__doc__, both=False)
    cpu = time.process_time()
    runs = {"a-g": run(), "g-a": run(reverse=True)}
    job.tell(code="gold", version="dt 0.01 s, gradient averaged over the train", runs=runs, simulating_cpu_s=time.process_time() - cpu)


if __name__ == "__main__":
    main()
