//! A compact table of rows that is looked through in order: 40 bytes a row, whatever the rows hold.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::run::Progress;

/// Rows of one block. A table never grows by copying itself, which would double its memory for a moment.
const BLOCK: usize = 64 << 10;

/// Values in the order in which they came.
#[derive(Debug)]
pub(super) struct Table<T> {
    blocks: Vec<Vec<T>>,
}

impl<T> Default for Table<T> {
    fn default() -> Table<T> {
        Table { blocks: Vec::new() }
    }
}

impl<T: Copy> Table<T> {
    /// Adds a value.
    pub(super) fn push(&mut self, value: T) {
        match self.blocks.last_mut().filter(|block| block.len() < BLOCK) {
            Some(block) => block.push(value),
            None => self.blocks.push(vec![value]),
        }
    }

    /// How many values.
    pub(super) fn len(&self) -> usize {
        self.blocks.iter().map(Vec::len).sum()
    }

    /// The values by their key. Each block is sorted where it lies, then they are merged on the way out. When the run is
    /// cancelled meanwhile the order is of no use any more.
    pub(super) fn sorted_by<K: Ord>(&mut self, progress: &Progress, key: impl Fn(&T) -> K) -> impl Iterator<Item = T> {
        for block in self.blocks.iter_mut().take_while(|_| !progress.is_cancelled()) {
            block.sort_unstable_by_key(&key);
        }
        let blocks = &self.blocks;
        let first = |(number, block): (usize, &Vec<T>)| block.first().map(|value| Reverse((key(value), number, 0)));
        let mut heads: BinaryHeap<Reverse<(K, usize, usize)>> = blocks.iter().enumerate().filter_map(first).collect();
        std::iter::from_fn(move || {
            let Reverse((_, number, at)) = heads.pop()?;
            let block = blocks.get(number)?;
            if let Some(next) = block.get(at + 1) {
                heads.push(Reverse((key(next), number, at + 1)));
            }
            block.get(at).copied()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_in_order_however_many_blocks_they_fill() {
        let count = u32::try_from(2 * BLOCK + 17).unwrap();
        let progress = Progress::default();
        let mut table = Table::default();
        for number in 0..count {
            table.push(number.wrapping_mul(7919) % count);
        }
        assert_eq!(table.len(), usize::try_from(count).unwrap());
        let sorted: Vec<u32> = table.sorted_by(&progress, |number| *number).collect();
        assert!(sorted.is_sorted());
        assert_eq!(sorted.len(), table.len());
        assert!(
            table
                .sorted_by(&progress, |number| Reverse(*number))
                .is_sorted_by(|a, b| a >= b)
        );
    }
}
