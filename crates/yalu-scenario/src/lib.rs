//! A scenario folder read into a corridor, or into diagnostics.
