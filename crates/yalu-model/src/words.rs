//! Enumerations whose values files name by words.

/// Values that files name by words: the one list that reading, writing, suggestions and schemas share.
pub trait Words: Copy + PartialEq + 'static {
    /// Every word with its value.
    const WORDS: &'static [(&'static str, Self)];
    /// The words alone.
    const NAMES: &'static [&'static str];

    /// The word of a value; empty where files say it by saying nothing.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }
    /// The value of a word, if it is one.
    fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(w, _)| *w == word).map(|(_, value)| *value)
    }
}

/// Gives an enumeration its words: `words! { Mode { "rail" => Mode::Rail } }`.
#[macro_export]
macro_rules! words {
    ($($name:ident { $($word:literal => $value:expr),+ $(,)? })*) => {$(
        impl $crate::Words for $name {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, $value)),+];
            const NAMES: &'static [&'static str] = &[$($word),+];
        }
    )*};
}
