//! The allocator, on pages counted in linear memory itself.
//!
//! A snapshot is a copy of linear memory. When the memory has grown since, putting a copy back leaves
//! pages that the copy's allocator knows nothing of; `END` is part of the copy, so that the pages beyond
//! it are handed out again before the memory grows once more. Going back any number of times keeps it flat.

use core::alloc::{GlobalAlloc, Layout};
use core::arch::wasm32::{memory_grow, memory_size};
use core::cell::UnsafeCell;
use core::ptr::null_mut;

const PAGE: usize = 65_536;
/// Taken at a time, in pages.
const STRIDE: usize = 16;

/// The first byte never handed out; 0 before the first request.
struct End(UnsafeCell<usize>);
// SAFETY: the module has one thread.
unsafe impl Sync for End {}
static END: End = End(UnsafeCell::new(0));

struct Pages;

// SAFETY: every range handed out lies within the memory and is handed out once.
unsafe impl dlmalloc::Allocator for Pages {
    fn alloc(&self, size: usize) -> (*mut u8, usize, u32) {
        let refused = (null_mut(), 0, 0);
        // SAFETY: one thread, and no other reference is ever made.
        let end = unsafe { &mut *END.0.get() };
        let held = memory_size(0).saturating_mul(PAGE);
        let start = if *end == 0 { held } else { *end };
        let Some(wanted) = size.checked_next_multiple_of(STRIDE * PAGE) else { return refused };
        let Some(next) = start.checked_add(wanted) else { return refused };
        if next > held && memory_grow(0, (next - held).div_ceil(PAGE)) == usize::MAX {
            return refused;
        }
        *end = next;
        (start as *mut u8, wanted, 0)
    }
    fn remap(&self, _: *mut u8, _: usize, _: usize, _: bool) -> *mut u8 {
        null_mut()
    }
    fn free_part(&self, _: *mut u8, _: usize, _: usize) -> bool {
        false
    }
    fn free(&self, _: *mut u8, _: usize) -> bool {
        false
    }
    fn can_release_part(&self, _: u32) -> bool {
        false
    }
    fn allocates_zeros(&self) -> bool {
        // Pages handed out again hold what was there.
        false
    }
    fn page_size(&self) -> usize {
        PAGE
    }
}

struct Heap(UnsafeCell<dlmalloc::Dlmalloc<Pages>>);
// SAFETY: the module has one thread.
unsafe impl Sync for Heap {}

#[global_allocator]
static HEAP: Heap = Heap(UnsafeCell::new(dlmalloc::Dlmalloc::new_with_allocator(Pages)));

// SAFETY: each call hands on what GlobalAlloc promises; one thread, so no call overlaps another.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { (*self.0.get()).malloc(layout.size(), layout.align()) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { (*self.0.get()).free(at, layout.size(), layout.align()) }
    }
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { (*self.0.get()).calloc(layout.size(), layout.align()) }
    }
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe { (*self.0.get()).realloc(at, layout.size(), layout.align(), size) }
    }
}
