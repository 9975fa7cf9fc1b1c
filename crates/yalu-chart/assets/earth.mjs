// earth.bin out of Natural Earth 1:50m (public domain), as the npm package world-atlas 2.0.2 holds it in TopoJSON:
// node earth.mjs world-atlas/countries-50m.json earth.bin
// Two lists, land as rings and borders as lines: their count, then of each its count of points and these as steps from the
// point before, in hundredths of a degree, east and north; whole numbers in seven bits a byte, the sign in the lowest.
import { readFileSync, writeFileSync } from "node:fs";

const [, , from, to] = process.argv;
const topology = JSON.parse(readFileSync(from, "utf8"));
const { scale, translate } = topology.transform;
const arcs = topology.arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});
const along = (i) => (i < 0 ? [...arcs[~i]].reverse() : arcs[i]);
const ring = (of) => of.flatMap((i, k) => (k ? along(i).slice(1) : along(i)));
const polygons = (g) => (g.type === "Polygon" ? [g.arcs] : g.type === "MultiPolygon" ? g.arcs : (g.geometries ?? []).flatMap(polygons));
const land = polygons(topology.objects.land).flat().map(ring);
const used = new Map();
for (const i of polygons(topology.objects.countries).flat(2)) {
  const arc = i < 0 ? ~i : i;
  used.set(arc, (used.get(arc) ?? 0) + 1);
}
const borders = [...used].filter(([, n]) => n > 1).map(([i]) => arcs[i]);

const bytes = [];
const whole = (n) => {
  for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) + 128);
  bytes.push(n);
};
const signed = (n) => whole(n < 0 ? -2 * n - 1 : 2 * n);
for (const list of [land, borders]) {
  whole(list.length);
  for (const points of list) {
    const grid = points.map((p) => p.map((v) => Math.round(v * 100)));
    const kept = grid.filter((p, i) => i === 0 || p[0] !== grid[i - 1][0] || p[1] !== grid[i - 1][1]);
    whole(kept.length);
    kept.forEach((p, i) => p.forEach((v, k) => signed(v - (i ? kept[i - 1][k] : 0))));
  }
}
writeFileSync(to, Uint8Array.from(bytes));
