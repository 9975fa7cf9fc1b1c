//! `trade.toml` and `rules.csv`.

use super::declare::{
    DATE, DIRECTION, FLAG, HS_CODES, HS6, ID, LOOSE_DATE, TEXT, lim, many, named, numbers, q, tables, whole, word,
    word_list,
};
use crate::row::{Placed, Rows};
use crate::value::Day;
use yalu_model::{Direction, Documents, GoodId, HsCode, PointId, Quantity, WagonId, words};

file! { TradeFile: "trade.toml", Toml, optional, "Goods and the demand for them." }

table! {
    TradeFile TradeFileAt: "" {
        req good: Rows<GoodRow> = tables(), "Commodity groups.";
        any demand_factor: Rows<DemandFactorRow> = tables(), "Dated factors on demand.";
    }
}

table! {
    GoodRow GoodAt: "good", defines Good, key [id], with basis {
        req id: String = ID, "Short name.";
        req title: String = TEXT, "Name for people.";
        req hs: Vec<Placed<HsCode>> = HS_CODES, "HS codes it covers, of 2, 4 or 6 digits, as texts.";
        req direction: Direction = DIRECTION, "Direction.";
        req level_musd_per_month: Quantity = many(0.0, 20_000.0, "million USD a month"), "Value asked for in a normal month.";
        req unit_value_usd_per_t: Quantity = q(1.0, 10_000_000.0, "USD/t"), "Value of a tonne.";
        opt season: [f64; 12] = numbers(lim(0.0, 12.0, "")), "Twelve monthly factors, January first.";
        req day_usd_per_t: Quantity = q(0.0, 10_000.0, "USD/t a day"), "Cost of a day's delay.";
        req patience_days: Quantity = q(0.0, 3_650.0, "days"), "Days after which a late order is given up.";
        req postponed_share: Quantity = q(0.0, 1.0, ""), "Share of orders that wait when no route runs.";
        opt rank: u32 = whole(1, 9), "Who gets leave to ship first where a regime allots by priority: 1 the first, 5 where none is given.";
        any no_vehicle: bool = FLAG, "Counted in customs, not moved (electricity).";
        any flags: Vec<Flag> = word_list(), FLAGS_DOC;
    }
}

/// What `flags` may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Flag {
    Dangerous,
    Perishable,
    Exempt,
}

words! {
    Flag { "dangerous" => Self::Dangerous, "perishable" => Self::Perishable, "exempt" => Self::Exempt }
}
const FLAGS_DOC: &str = "What handling and rules make of it: dangerous, perishable, exempt (no rule refuses it).";

table! {
    DemandFactorRow DemandFactorAt: "demand_factor", with basis {
        req title: String = TEXT, "What it is.";
        req from: Day = DATE, "First day.";
        req to: Day = DATE, "Last day.";
        req direction: Direction = DIRECTION, "Direction it applies to.";
        req factor: Quantity = q(0.0, 100.0, ""), "Factor on the level of all goods.";
    }
}

file! { RuleRow: "rules.csv", Csv, optional, "Laws and rules." }

table! {
    RuleRow RuleAt: "rule", key [id] {
        req id: String = ID, "Short name.";
        req rule: String = TEXT, "Title.";
        any content: String = TEXT, "Content.";
        opt from: (Day, Day) = LOOSE_DATE, "First day, if dated.";
        opt direction: Direction = DIRECTION, "Direction it forbids.";
        any refuses_hs: Vec<Placed<HsCode>> = HS_CODES, "HS codes it forbids, of 2, 4 or 6 digits.";
        any source: String = TEXT, "Publisher.";
        any url: String = TEXT, "Link.";
    }
}

file! { ConsignmentRow: "consignments.csv", Csv, optional, "Consignments that someone means to send, checked against rules, wagons and documents; demand is trade.toml's." }

table! {
    ConsignmentRow ConsignmentAt: "consignment", key [id], with basis {
        req id: String = ID, "Short name.";
        opt good: GoodId = named(), "Commodity group it is counted in.";
        req hs6: HsCode = HS6, "Six digits of the Harmonized System.";
        req direction: Direction = DIRECTION, "Direction.";
        req origin: PointId = named(), "Where it is loaded.";
        req destination: PointId = named(), "Where it is unloaded.";
        req wagon: WagonId = named(), "Class of its wagons.";
        req wagons: u32 = whole(1, 10_000), "Wagons.";
        req gross_t: Quantity = q(0.0, 400.0, "t"), "Tonnes of a loaded wagon, its own among them.";
        opt tare_t: Quantity = q(0.0, 200.0, "t"), "Tonnes of an empty wagon; its class's if not given.";
        req documents: Documents = word(), "State of its documents.";
        any flags: Vec<Flag> = word_list(), FLAGS_DOC;
    }
}
