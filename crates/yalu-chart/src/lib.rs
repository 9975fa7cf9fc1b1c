//! Charts as specifications and their SVG.
