//! The content of a container while it is read.

/// From so many items on a container has a block of its own while it grows.
const LARGE: usize = 4096;

/// The items of one container on their way to a block of exactly their size.
///
/// Containers are many and mostly small. Their items wait on one stack that all of them share, those of the innermost
/// container on top, so that each takes one allocation that fits. A large one moves to a block of its own, so that it
/// never lies in memory twice.
pub(super) struct Gathering<T> {
    /// How high the stack was before the first item.
    start: usize,
    large: Vec<T>,
}

impl<T> Gathering<T> {
    /// Without any item, on top of what lies on the stack.
    pub(super) fn above(stack: &[T]) -> Gathering<T> {
        Gathering {
            start: stack.len(),
            large: Vec::new(),
        }
    }

    /// Adds an item. `stack` is the one it was made for, with nothing of an inner container on it.
    pub(super) fn push(&mut self, stack: &mut Vec<T>, item: T) {
        stack.push(item);
        if stack.len() >= self.start + LARGE {
            self.large.extend(stack.drain(self.start..));
        }
    }

    /// All items; nothing of them stays on the stack.
    pub(super) fn finish(mut self, stack: &mut Vec<T>) -> Box<[T]> {
        let rest = stack.drain(self.start.min(stack.len())..);
        if self.large.is_empty() {
            return rest.collect();
        }
        self.large.extend(rest);
        self.large.into_boxed_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_containers_keep_their_items_in_order_and_apart() {
        for size in [0, 1, LARGE - 1, LARGE, LARGE + 1, 3 * LARGE] {
            let mut stack = vec![7, 8];
            let mut outer = Gathering::above(&[]);
            let mut inner = Gathering::above(&stack);
            for item in 0..size {
                inner.push(&mut stack, item);
            }
            assert!(inner.finish(&mut stack).iter().copied().eq(0..size));
            outer.push(&mut stack, 9);
            assert_eq!(*outer.finish(&mut stack), [7, 8, 9]);
            assert!(stack.is_empty());
        }
    }
}
