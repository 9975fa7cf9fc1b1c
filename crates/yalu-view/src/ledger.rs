//! What the commands of the ledger give: reports, sources, beliefs.
