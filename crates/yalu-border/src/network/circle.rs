//! Circles: activities that wait for each other, and resources kept while others are waited for.
//!
//! Trains take resources in some order of the resources; while no train waits for one that comes before what it keeps,
//! the train that keeps the last of them can always go on, so none waits for ever.

use super::outlasts;
use crate::{ActivityId, BorderError, Kept, Procedure, Station, Way};
use yalu_units::{Idx, IndexVec};

/// A circle among the activities of a procedure, or an end of keeping that does not come after.
pub(super) fn activities(s: &Station) -> Vec<BorderError> {
    let mut faults = Vec::new();
    for p in &s.procedures {
        let names = |path: &[usize]| path.iter().map(|i| p.activities.as_slice()[*i].name.clone()).collect();
        let after: Vec<Vec<usize>> = p.activities.iter().map(|a| a.after.iter().map(|b| b.index()).collect()).collect();
        if let Some(path) = find(&after) {
            let (station, procedure) = (s.name.clone(), p.name.clone());
            faults.push(BorderError::ActivityCircle { station, procedure, circle: names(&path) });
            continue;
        }
        let before = ancestors(p);
        for (a, activity) in p.activities.enumerated() {
            for need in &activity.needs {
                if matches!(need.kept, Kept::Until(b) if !before[b][a.index()]) {
                    faults.push(BorderError::KeptTooLong {
                        activity: format!("{}, {}, {}", s.name, p.name, activity.name),
                        resource: s.resources[need.resource].name.clone(),
                    });
                }
            }
        }
    }
    faults
}

/// A circle among what is kept and what is waited for; in tandem, tracks of the first two stations included.
pub(super) fn kept(stations: &[Station], tandem: bool) -> Option<BorderError> {
    let mut first = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for s in stations {
        first.push(names.len());
        names.extend(s.resources.iter().map(|r| format!("{}: {}", s.name, r.name)));
    }
    let track = names.len();
    names.extend(stations.iter().map(|s| format!("{}: a track", s.name)));
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    for (i, s) in stations.iter().enumerate() {
        for p in &s.procedures {
            let before = ancestors(p);
            let goes_on = tandem && i < 2 && stations.len() > 1 && p.way == [Way::Out, Way::Back][i];
            for (a, activity) in p.activities.enumerated() {
                for need in activity.needs.iter().filter(|n| outlasts(n.kept)) {
                    let from = first[i] + need.resource.index();
                    for (c, other) in p.activities.enumerated() {
                        let meanwhile = c != a && !before[a][c.index()];
                        let delays = match need.kept {
                            Kept::Until(b) => c == b || before[b][c.index()],
                            Kept::UntilDeparture => true,
                            Kept::ForItself => false,
                        };
                        if meanwhile && delays {
                            edges[from].extend(other.needs.iter().map(|n| first[i] + n.resource.index()));
                        }
                    }
                    if goes_on && need.kept == Kept::UntilDeparture {
                        edges[from].push(track + 1 - i);
                    }
                }
                // Trains that come from the other station hold the tracks that trains to it wait for.
                if tandem && i < 2 && !goes_on {
                    edges[track + i].extend(activity.needs.iter().map(|n| first[i] + n.resource.index()));
                }
            }
        }
    }
    find(&edges).map(|path| BorderError::KeptInCircle { circle: path.into_iter().map(|i| names[i].clone()).collect() })
}

/// Of each activity, which come before it. The procedure has no circle.
fn ancestors(p: &Procedure) -> IndexVec<ActivityId, Vec<bool>> {
    let n = p.activities.len();
    let mut all = vec![vec![false; n]; n];
    // As many passes as the longest chain has links, at most.
    for _ in 0..n {
        let before_pass = all.clone();
        for (own, activity) in all.iter_mut().zip(&p.activities) {
            for b in &activity.after {
                own[b.index()] = true;
                for (mine, theirs) in own.iter_mut().zip(&before_pass[b.index()]) {
                    *mine |= *theirs;
                }
            }
        }
        if all == before_pass {
            break;
        }
    }
    IndexVec::from_vec(all)
}

/// The first circle of a graph, as the nodes on it.
fn find(edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    // 0 not seen, 1 on the path, 2 done.
    let mut seen = vec![0u8; edges.len()];
    for start in 0..edges.len() {
        if seen[start] != 0 {
            continue;
        }
        let mut path = vec![(start, 0)];
        seen[start] = 1;
        while let Some((node, next)) = path.last_mut() {
            let Some(&to) = edges[*node].get(*next) else {
                seen[*node] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            if seen[to] == 1 {
                let nodes = path.iter().map(|(n, _)| *n);
                return Some(nodes.skip_while(|n| *n != to).collect());
            }
            if seen[to] == 0 {
                seen[to] = 1;
                path.push((to, 0));
            }
        }
    }
    None
}
