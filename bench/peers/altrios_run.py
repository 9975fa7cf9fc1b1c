"""ALTRIOS 1.1.0 on job R1: its own network, train, locomotive, estimated times, dispatch and walk, built from the job's numbers.

ALTRIOS's rules differ: its dispatch books the line end to end here (no meets at the loops), so the mean run grows with every
train once the line is full; a train stops 3.1 km before the line's end, where the last 3 km link has room for it, so energies
are compared with the gold integrator's for a stop at the same place; its traction is a diesel locomotive of 3.0 MW at the wheel, here
without ramp; its step is 1 s.

    python3 altrios_run.py single|both [see job.py]
"""
import os
import random
import tempfile
import time
from importlib.metadata import version

import altrios as alt
import gold_run
import job

FORWARD = 20  # links towards G are 1..20, the same links towards A 21..40
ENDS = (("A", "G"), ("G", "A"))


def network():
    """Stations 0..6 with two tracks each, joined by single track. The end links are 3 km: a train must fit and brake within them."""
    z = job.elevation(job.LINE)
    st = [(0, 3000)] + [(k * 10e3 - 500, k * 10e3 + 500) for k in range(1, 6)] + [(57e3, 60e3)]
    main, loop, single = ([i + 3 * k for k in range(n)] for i, n in ((1, 7), (2, 7), (3, 6)))
    links = {}
    for k in range(7):
        for i in (main[k], loop[k]):
            links[i] = (st[k], single[k] if k < 6 else 0, 0, single[k - 1] if k else 0, 0)
    for k in range(6):
        links[single[k]] = ((st[k][1], st[k + 1][0]), main[k + 1], loop[k + 1], main[k], loop[k])

    def link(i, flip, span, nxt, nxt_alt, prev, prev_alt, backwards):
        a, b = span
        xs = sorted({a, b} | {x for x, _, _ in job.LINE if a < x < b})
        elevs = [dict(offset_meters=b - x if backwards else x - a, elev_meters=z(x)) for x in (reversed(xs) if backwards else xs)]
        return dict(idx_curr=i, idx_flip=flip, idx_next=nxt, idx_next_alt=nxt_alt, idx_prev=prev, idx_prev_alt=prev_alt, length_meters=float(b - a), elevs=elevs,
                    headings=[dict(offset_meters=o, heading_radians=0.0) for o in (0.0, float(b - a))],
                    speed_set=dict(speed_limits=[dict(offset_start_meters=0.0, offset_end_meters=float(b - a), speed_meters_per_second=job.LIMIT)],
                                   speed_params=[], is_head_end=False), cat_power_limits=[], link_idxs_lockout=[])

    def flipped(i):
        return i + FORWARD if i else 0

    out = [dict(idx_curr=0, idx_flip=0, idx_next=0, idx_next_alt=0, idx_prev=0, idx_prev_alt=0, length_meters=0.0, elevs=[], headings=[],
                speed_set=None, cat_power_limits=[], link_idxs_lockout=[])]
    order = sorted(links)
    out += [link(i, flipped(i), *links[i], False) for i in order]
    for i in order:
        span, nxt, nxt_alt, prev, prev_alt = links[i]
        out.append(link(flipped(i), i, span, flipped(prev), flipped(prev_alt), flipped(nxt), flipped(nxt_alt), True))
    limits = dict(max_grade=0.06, max_curv_radians_per_meter=0.01, max_heading_step_radians=0.24, max_elev_step_meters=0.0)
    rows = ["Location ID,Link Index,Offset (m),Is Front End,Grid Emissions Region,Electricity Price Region,Liquid Fuel Price Region"]
    for name, k in (("A", 0), ("G", 6)):
        rows += [f"{name},{j},0,FALSE,MROWc,MN,MN" for i in (main[k], loop[k]) for j in (i, flipped(i))]
    with tempfile.TemporaryDirectory() as folder:
        csv = os.path.join(folder, "locations.csv")
        with open(csv, "w") as f:
            f.write("\n".join(rows))
        places = alt.import_locations(csv)
    return alt.Network.from_pydict([limits, out]), places


def locomotive():
    d = alt.Locomotive.default().to_pydict()
    c = d["loco_type"]["ConventionalLoco"]
    c["fc"].update(pwr_out_max_watts=3.2e6, pwr_ramp_lag_seconds=1.0, pwr_out_max_init_watts=3.2e6)
    c["edrv"]["pwr_out_max_watts"] = job.POWER_W
    d["mass_kilograms"] = job.LOCO_KG
    d["force_max_newtons"] = job.FORCE_N
    return alt.Locomotive.from_pydict(d)


def wagon(load_t):
    m = job.mass(load_t)
    wagons = job.WAGONS * (job.TARE_KG + load_t * 1e3)
    return alt.RailVehicle.from_pydict(dict(
        car_type="Ore", freight_type="Ore", length_meters=14.0, axle_count=4, brake_count=1, mass_static_base_kilograms=job.TARE_KG,
        mass_freight_kilograms=load_t * 1e3, speed_max_meters_per_second=job.LIMIT, braking_ratio=job.BRAKE * m * job.ROTATING / (wagons * 9.80154849),
        mass_rot_per_axle_kilograms=m * (job.ROTATING - 1) / (4 * job.WAGONS), bearing_res_per_axle_newtons=0.0, rolling_ratio=job.ROLLING,
        davis_b_seconds_per_meter=0.0, cd_area_square_meters=job.AIR / 1.225 / job.WAGONS, curve_coeff_0=0.0, curve_coeff_1=0.0, curve_coeff_2=0.0))


def train(name, ends, due, places, load_t=job.LOAD_T, every=None):
    """One train's simulation; `every` is the history's interval in steps."""
    config = alt.TrainConfig(rail_vehicles=[wagon(load_t)], n_cars_by_type={"Ore": job.WAGONS}, train_length_meters=None, train_mass_kilograms=None)
    s = alt.TrainSimBuilder(train_id=name, origin_id=ends[0], destination_id=ends[1], train_config=config, loco_con=alt.Consist([locomotive()]),
                            init_train_state=alt.InitTrainState(time_seconds=due)).make_speed_limit_train_sim(location_map=places, save_interval=every)
    s.set_save_interval(every)
    return s


def dispatch(net, sims):
    times = [alt.make_est_times(s, net)[0] for s in sims]
    return alt.run_dispatch(net, alt.SpeedLimitTrainSimVec(sims), times, False, False)


def single(net, places):
    runs, cpu, shares = {}, 0.0, []
    for d, name in enumerate(("a-g", "g-a")):
        start = time.process_time()
        s = train("t", ENDS[d], 0.0, places, every=1)
        s.walk_timed_path(network=net, timed_path=dispatch(net, [s])[0])
        cpu += time.process_time() - start
        all_of = s.to_pydict()
        state, history = all_of["state"], all_of["history"]
        marks = []
        for mark in job.MARKS_M:
            at = next(i for i, x in enumerate(history["offset_meters"]) if x >= mark)
            marks.append({"at_m": mark, "time_s": history["time_seconds"][at]})
        wheel = state["energy_whl_out_pos_joules"] / 3.6e6
        gold = gold_run.run(dt=0.1, reverse=bool(d), stop_m=state["offset_meters"])
        shares.append(100 * (wheel / gold["wheel_kwh"] - 1))
        runs[name] = {"duration_s": None, "stops_at_m": state["offset_meters"], "stops_after_s": state["time_seconds"], "wheel_kwh_to_there": wheel,
                      "gold_wheel_kwh_to_there": gold["wheel_kwh"], "wheel_kwh": None, "braked_kwh": None, "marks": marks}
    job.tell(code="ALTRIOS", version=version("altrios"), runs=runs, simulating_cpu_s=cpu, said="stops at %.1f and %.1f km; wheel energy to there " % tuple(r["stops_at_m"] / 1e3 for r in runs.values()) + "%+.3f and %+.3f %% of gold's" % tuple(shares))


def both(net, places, args):
    draw = random.Random(1)
    trains = job.departures(args)
    start = time.process_time()
    sims = [train(f"{ENDS[d][0]}{k}", ENDS[d], due, places, draw.uniform(*args.load) if args.load else job.LOAD_T) for due, d, k in trains]
    runs, failed = [], 0
    for s, timed, (due, _, _) in zip(sims, dispatch(net, sims), trains):
        try:
            s.walk_timed_path(network=net, timed_path=timed)
            runs.append(s.to_pydict()["state"]["time_seconds"] - due)
        except Exception:  # ALTRIOS raises plain exceptions; a train that fails has not arrived
            failed += 1
    cpu = time.process_time() - start
    said = "books the line end to end: no meets" + (f"; {failed} trains failed" if failed else "")
    job.tell(code="ALTRIOS", version=version("altrios"), trains=len(trains), arrived=len(runs), mean_run_s=sum(runs) / max(1, len(runs)), max_run_s=max(runs, default=None),
             train_hours=sum(runs) / 3600, simulating_cpu_s=cpu, said=said)


def main():
    args = job.arguments(__doc__)
    net, places = network()
    if args.job == "single":
        single(net, places)
    else:
        both(net, places, args)


if __name__ == "__main__":
    main()
