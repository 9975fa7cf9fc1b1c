//! Fault points: tests make each call to the system fail, or the process die at it.
//!
//! `YALU_FAULT=fail:N` makes the Nth call of a process fail as a full disk does, `YALU_FAULT=die:N` ends the process
//! there as a kill does, without cleaning up. Tests count N up until no fault is met any more. A count for the whole
//! process is needed, since faults are asked for from outside. `YALU_FAULT=sites` tells each place in the source that
//! writes, as it is passed. Release builds hold none of this.

use std::io;

/// Exit code of a process that died at a fault point, as a shell reports a process killed with -9.
#[cfg(debug_assertions)]
const KILLED: i32 = 137;

/// Half of what a write was given is written before its fault.
#[cfg_attr(not(debug_assertions), allow(dead_code))] // A release meets no fault.
pub(crate) enum Met {
    /// No fault here.
    Not,
    /// The call is to fail.
    Fails(io::Error),
    /// The process is to die.
    Dies,
}

/// Whether the fault that was asked for is met at this call.
#[cfg(debug_assertions)]
pub(crate) fn met(call: &str, path: &std::path::Path) -> Met {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static ASKED: OnceLock<Option<(bool, u64)>> = OnceLock::new();
    static CALLS: AtomicU64 = AtomicU64::new(0);
    let asked = ASKED.get_or_init(|| {
        let text = std::env::var("YALU_FAULT").ok()?;
        let (kind, number) = text.split_once(':')?;
        Some((kind == "die", number.parse().ok()?))
    });
    let Some((dies, number)) = asked else { return Met::Not };
    if CALLS.fetch_add(1, Ordering::SeqCst) + 1 != *number {
        return Met::Not;
    }
    eprintln!("fault {number}: {call} {}", path.display());
    if *dies { Met::Dies } else { Met::Fails(io::Error::from(io::ErrorKind::StorageFull)) }
}

/// Release builds meet no faults.
#[cfg(not(debug_assertions))]
pub(crate) fn met(_call: &str, _path: &std::path::Path) -> Met {
    Met::Not
}

/// Tells the place in the source that called this room, where that is asked for.
#[track_caller]
pub(crate) fn site() {
    #[cfg(debug_assertions)]
    if std::env::var_os("YALU_FAULT").is_some_and(|asked| asked == "sites") {
        let at = std::panic::Location::caller();
        eprintln!("site {}:{}", at.file(), at.line());
    }
}

/// Ends the process as a kill does.
pub(crate) fn die() -> ! {
    #[cfg(debug_assertions)]
    std::process::exit(KILLED);
    #[cfg(not(debug_assertions))]
    unreachable!("release builds meet no faults")
}
