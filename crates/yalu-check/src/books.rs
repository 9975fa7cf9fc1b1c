//! Goods and wagons: entries in order, no account below zero, daily states as the books say.

use crate::Violation;
use std::collections::BTreeMap;
use yalu_model::{Corridor, Direction};
use yalu_trace::{DayRow, GoodsAccount, Trace, WagonAccount};

pub(crate) fn check(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    goods(c, trace, found);
    wagons(c, trace, found);
}

fn goods(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    // Mass and value by account and good.
    let mut held: BTreeMap<(GoodsAccount, u16), (i64, i64)> = BTreeMap::new();
    let mut day = 0;
    let mut before = trace.goods.first().map(|g| g.at);
    for (i, g) in trace.goods.iter().enumerate() {
        let entry = i as u64;
        while trace.days.get(day).is_some_and(|d| d.end <= g.at && before.is_some_and(|b| b < d.end || g.at >= d.end)) {
            goods_day(c, &trace.days[day], &held, found);
            day += 1;
        }
        if before.is_some_and(|b| g.at < b) {
            found.push(Violation::BooksBackwards { books: "goods", entry });
        }
        before = Some(g.at);
        if usize::from(g.good) >= c.trade.goods.len() {
            found.push(Violation::Unknown { what: "good", index: u64::from(g.good) });
            continue;
        }
        if g.mass.0 < 0 || g.usd_cents < 0 {
            found.push(Violation::Negative { books: "goods", entry });
        }
        let from = held.entry((g.from, g.good)).or_default();
        (from.0, from.1) = (from.0 - g.mass.0, from.1 - g.usd_cents);
        if g.from != GoodsAccount::Ordered && (from.0 < 0 || from.1 < 0) {
            found.push(Violation::Overdrawn { books: "goods", entry });
        }
        let to = held.entry((g.to, g.good)).or_default();
        (to.0, to.1) = (to.0 + g.mass.0, to.1 + g.usd_cents);
    }
    for d in &trace.days[day.min(trace.days.len())..] {
        goods_day(c, d, &held, found);
    }
}

fn goods_day(c: &Corridor, d: &DayRow, held: &BTreeMap<(GoodsAccount, u16), (i64, i64)>, found: &mut Vec<Violation>) {
    let Some(route) = c.trade.routes.as_slice().get(usize::from(d.route)) else {
        found.push(Violation::Unknown { what: "route", index: u64::from(d.route) });
        return;
    };
    let sum = |account: GoodsAccount, direction: Option<Direction>| -> i64 {
        let mine = held.range((account, 0)..=(account, u16::MAX));
        let wanted = |good: u16| direction.is_none_or(|x| c.trade.goods.as_slice()[usize::from(good)].direction == x);
        mine.filter(|((_, good), _)| wanted(*good)).map(|(_, (mass, _))| mass).sum()
    };
    let said = [
        ("waiting there", d.waiting_forward.0, sum(GoodsAccount::Waiting(d.route), Some(Direction::Forward))),
        ("waiting back", d.waiting_back.0, sum(GoodsAccount::Waiting(d.route), Some(Direction::Back))),
        ("approaching", d.approaching.0, sum(GoodsAccount::Approaching(d.route), None)),
        ("under way", d.under_way.0, sum(GoodsAccount::UnderWay(d.route), None)),
        ("held", d.held.0, sum(GoodsAccount::Held(d.route), None)),
    ];
    for (what, said, booked) in said {
        if said != booked {
            found.push(Violation::DayDiffers { end_ms: d.end.0, route: route.id.clone(), what, said, booked });
        }
    }
}

fn wagons(c: &Corridor, trace: &Trace, found: &mut Vec<Violation>) {
    let mut held: BTreeMap<(u16, WagonAccount), i64> = BTreeMap::new();
    let mut given: Vec<i64> = vec![0; trace.cuts.len()];
    for &(route, wagons) in &trace.fleet {
        held.insert((route, WagonAccount::Stock), i64::from(wagons[0]));
        held.insert((route, WagonAccount::Far), i64::from(wagons[1]));
    }
    let mut day = 0;
    let mut before = trace.wagons.first().map(|w| w.at);
    let stock = |held: &BTreeMap<(u16, WagonAccount), i64>, d: &DayRow, found: &mut Vec<Violation>| {
        let all = [
            ("wagons in stock", WagonAccount::Stock, d.wagons_stock),
            ("wagons on the far side", WagonAccount::Far, d.wagons_far),
        ];
        for (what, account, said) in all {
            let (said, booked) = (i64::from(said), held.get(&(d.route, account)).copied().unwrap_or(0));
            if booked != said {
                let route = c.trade.routes.as_slice().get(usize::from(d.route)).map_or(String::new(), |r| r.id.clone());
                found.push(Violation::DayDiffers { end_ms: d.end.0, route, what, said, booked });
            }
        }
    };
    for (i, w) in trace.wagons.iter().enumerate() {
        let entry = i as u64;
        while trace.days.get(day).is_some_and(|d| d.end <= w.at) {
            stock(&held, &trace.days[day], found);
            day += 1;
        }
        if before.is_some_and(|b| w.at < b) {
            found.push(Violation::BooksBackwards { books: "wagon", entry });
        }
        before = Some(w.at);
        let from = held.entry((w.route, w.from)).or_default();
        *from -= i64::from(w.wagons);
        if *from < 0 {
            found.push(Violation::Overdrawn { books: "wagon", entry });
        }
        *held.entry((w.route, w.to)).or_default() += i64::from(w.wagons);
        if let WagonAccount::InCut(cut) = w.to {
            match given.get_mut(cut as usize) {
                Some(n) => *n += i64::from(w.wagons),
                None => found.push(Violation::Unknown { what: "cut", index: u64::from(cut) }),
            }
        }
    }
    for d in &trace.days[day.min(trace.days.len())..] {
        stock(&held, d, found);
    }
    for (i, (cut, booked)) in trace.cuts.iter().zip(&given).enumerate() {
        let id = i as u32;
        if *booked != i64::from(cut.wagons) {
            found.push(Violation::CutWagons { cut: id, wagons: u32::from(cut.wagons), booked: *booked });
        }
        let in_it = held.get(&(cut.route as u16, WagonAccount::InCut(id))).copied().unwrap_or(0);
        if cut.ended.is_some() != (in_it == 0) {
            found.push(Violation::CutEnd { cut: id });
        }
    }
}
