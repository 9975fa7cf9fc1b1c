//! Typed ids and the vectors they index.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// An id that counts from zero in its own vector.
pub trait Idx: Copy + Eq + Ord {
    /// The id of the `i`-th element.
    fn new(i: usize) -> Self;
    /// The place of this id in its vector.
    fn index(self) -> usize;
}

/// Declares id newtypes: `ids! { PointId "An operational point's id." }`.
#[macro_export]
macro_rules! ids {
    ($($name:ident $doc:literal)*) => {$(
        #[doc = $doc]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub u32);
        impl $crate::Idx for $name {
            fn new(i: usize) -> Self { Self(u32::try_from(i).expect("fewer than 2^32 elements")) }
            fn index(self) -> usize { self.0 as usize }
        }
    )*};
}

/// A vector that only its own kind of id can index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexVec<I, T> {
    items: Vec<T>,
    id: PhantomData<I>,
}

impl<I: Idx, T> IndexVec<I, T> {
    /// An empty vector.
    pub fn new() -> Self {
        Self { items: Vec::new(), id: PhantomData }
    }
    /// A vector that takes over plain items in their order.
    pub fn from_vec(items: Vec<T>) -> Self {
        Self { items, id: PhantomData }
    }
    /// Adds an element and returns its id.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::new(self.items.len() - 1)
    }
    /// The number of elements.
    pub fn len(&self) -> usize {
        self.items.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
    /// All ids in order.
    pub fn ids(&self) -> impl Iterator<Item = I> + use<I, T> {
        (0..self.items.len()).map(I::new)
    }
    /// Elements in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
    /// Elements in order, to change.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }
    /// Ids with their elements in order.
    pub fn enumerated(&self) -> impl Iterator<Item = (I, &T)> {
        self.items.iter().enumerate().map(|(i, x)| (I::new(i), x))
    }
    /// Ids with their elements in order, to change.
    pub fn enumerated_mut(&mut self) -> impl Iterator<Item = (I, &mut T)> {
        self.items.iter_mut().enumerate().map(|(i, x)| (I::new(i), x))
    }
    /// The plain items.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }
    /// The element of an id, if there is one.
    pub fn get(&self, i: I) -> Option<&T> {
        self.items.get(i.index())
    }
}

impl<'a, I, T> IntoIterator for &'a mut IndexVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}
impl<I: Idx, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        Self::new()
    }
}
impl<I: Idx, T> Index<I> for IndexVec<I, T> {
    type Output = T;
    fn index(&self, i: I) -> &T {
        &self.items[i.index()]
    }
}
impl<I: Idx, T> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, i: I) -> &mut T {
        &mut self.items[i.index()]
    }
}
impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<X: IntoIterator<Item = T>>(iter: X) -> Self {
        Self { items: iter.into_iter().collect(), id: PhantomData }
    }
}
impl<'a, I, T> IntoIterator for &'a IndexVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

/// A table with a row for each id of one kind and a column for each of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid<R, C, T> {
    items: Vec<T>,
    columns: usize,
    ids: PhantomData<(R, C)>,
}

impl<R: Idx, C: Idx, T: Clone> Grid<R, C, T> {
    /// A table of so many rows and columns, the same in each place.
    pub fn filled(rows: usize, columns: usize, item: T) -> Self {
        Self { items: vec![item; rows * columns], columns, ids: PhantomData }
    }
}

impl<R: Idx, C: Idx, T> Grid<R, C, T> {
    /// The columns of a row, in their order.
    pub fn row(&self, r: R) -> &[T] {
        &self.items[r.index() * self.columns..][..self.columns]
    }
    /// The columns of a row, to change.
    pub fn row_mut(&mut self, r: R) -> &mut [T] {
        &mut self.items[r.index() * self.columns..][..self.columns]
    }
    /// All places in order, row by row.
    pub fn enumerated(&self) -> impl Iterator<Item = ((R, C), &T)> {
        let columns = self.columns.max(1);
        self.items.iter().enumerate().map(move |(i, x)| ((R::new(i / columns), C::new(i % columns)), x))
    }
    /// What stands in all places, row by row.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
    /// What stands in all places, row by row, to change.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }
    /// The rows of a column, in their order.
    pub fn column(&self, c: C) -> impl Iterator<Item = &T> {
        self.items.iter().skip(c.index()).step_by(self.columns.max(1))
    }
}

impl<R, C, T> Default for Grid<R, C, T> {
    fn default() -> Self {
        Self { items: Vec::new(), columns: 0, ids: PhantomData }
    }
}
impl<'a, R, C, T> IntoIterator for &'a Grid<R, C, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
impl<'a, R, C, T> IntoIterator for &'a mut Grid<R, C, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.items.iter_mut()
    }
}
impl<R: Idx, C: Idx, T> Index<(R, C)> for Grid<R, C, T> {
    type Output = T;
    fn index(&self, (r, c): (R, C)) -> &T {
        &self.row(r)[c.index()]
    }
}
impl<R: Idx, C: Idx, T> IndexMut<(R, C)> for Grid<R, C, T> {
    fn index_mut(&mut self, (r, c): (R, C)) -> &mut T {
        &mut self.row_mut(r)[c.index()]
    }
}
