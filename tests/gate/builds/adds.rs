//! The stage of adds.cpp in Rust, on the C boundary as it stands in abi.h and nothing else. A panic is caught here: none may
//! leave a function that C calls.
#![crate_type = "cdylib"]

use std::ffi::{c_void, CString};
use std::os::raw::c_char;
use std::panic::{catch_unwind, resume_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicI64, Ordering};

#[repr(C)]
#[derive(Clone, Copy)]
struct Text {
    data: *const c_char,
    size: u64,
}

#[repr(C)]
union Value {
    i64: i64,
    u64: u64,
    f64: f64,
    text: Text,
}

#[repr(C)]
struct Column {
    values: *mut c_void,
    valid: *mut u64,
    arrow: *const c_void,
    reserved: *mut c_void,
}

/// Its beginning: only the host makes one.
#[repr(C)]
struct Batch {
    size: u32,
    stopping: u32,
    rows: i64,
    capacity: i64,
    column: *mut Column,
}

/// Its beginning: only the host makes one.
#[repr(C)]
struct Host {
    size: u32,
    abi: u32,
    node: *const c_char,
    partition: u32,
    partitions: u32,
    record: unsafe extern "C" fn(*const Host, u32, u64, u64, u32),
    fail: unsafe extern "C" fn(*const Host, i32, i64, *const c_char) -> i32,
}

#[repr(C)]
pub struct Method {
    name: *const u8,
    function: *const c_void,
}
unsafe impl Sync for Method {}

const OK: i32 = 0;
const FAILED: i32 = -1;
const REFUSED: i32 = -4;
const ADDED: u32 = 0;
const ADDITIONS: u32 = 1;

struct Adds {
    host: *const Host,
    numbers: Vec<f64>,
    turn: usize,
    added: f64,
}

static READINGS: AtomicI64 = AtomicI64::new(0);

unsafe fn fail(host: *const Host, status: i32, place: i64, text: String) -> i32 {
    let text = CString::new(text).unwrap_or_default();
    ((*host).fail)(host, status, place, text.as_ptr())
}

fn number(word: &str) -> f64 {
    word.parse().unwrap_or_else(|_| resume_unwind(Box::new(format!("`{word}` is no number"))))
}

unsafe extern "C" fn create(host: *const Host) -> *mut c_void {
    Box::into_raw(Box::new(Adds { host, numbers: Vec::new(), turn: 0, added: 0.0 })).cast()
}

unsafe extern "C" fn destroy(instance: *mut c_void) {
    drop(Box::from_raw(instance.cast::<Adds>()))
}

unsafe extern "C" fn configure(instance: *mut c_void, values: *const Value) -> i32 {
    let this = &mut *instance.cast::<Adds>();
    let text = (*values).text;
    let bytes = std::slice::from_raw_parts(text.data.cast::<u8>(), text.size as usize);
    let taken = catch_unwind(|| String::from_utf8_lossy(bytes).split(' ').map(number).collect::<Vec<_>>());
    match taken {
        Ok(numbers) => {
            this.numbers = numbers;
            OK
        }
        Err(panic) => {
            let why = panic.downcast_ref::<String>().cloned().unwrap_or_default();
            fail(this.host, REFUSED, 0, why)
        }
    }
}

unsafe extern "C" fn process(instance: *mut c_void, batch: *mut Batch) -> i32 {
    let this = &mut *instance.cast::<Adds>();
    let rows = std::slice::from_raw_parts_mut((*(*batch).column).values.cast::<f64>(), (*batch).rows as usize);
    let added = catch_unwind(AssertUnwindSafe(|| {
        for value in rows {
            let number = this.numbers[this.turn % this.numbers.len()];
            this.turn += 1;
            *value += number;
            let sum = this.added + number;
            ((*this.host).record)(this.host, ADDED, this.added.to_bits(), sum.to_bits(), 1);
            this.added = sum;
            let readings = READINGS.fetch_add(1, Ordering::Relaxed);
            ((*this.host).record)(this.host, ADDITIONS, readings as u64, readings as u64 + 1, 1);
        }
    }));
    added.map_or_else(|_| fail(this.host, FAILED, -1, "it panicked".into()), |()| OK)
}

const fn bytes<const N: usize>(text: &str) -> [u8; N] {
    let mut all = [0; N];
    let mut i = 0;
    while i < text.len() {
        all[i] = text.as_bytes()[i];
        i += 1;
    }
    all
}

const TEXT: &str = concat!(
    "penstock:1\tname:built_as_rust\tinterface:Stage 1.0\tsdk:1.0\trows:same\n",
    "method:create\tsignature:(host) -> instance\n",
    "method:destroy\tsignature:() -> nothing\n",
    "method:configure\tsignature:(values) -> status\n",
    "method:process\tsignature:(batch) -> status\n",
    "param:numbers\ttype:text\tdefault:1\tdoc:what is added to the readings in turn: numbers with a blank between them\n",
    "metric:added\ttype:f64\tdoc:sum of what was added\n",
    "metric:additions\ttype:i64\tdoc:readings changed by this library\n",
    "column:value\taccess:write\ttype:f64\tdoc:the reading\n",
);

#[no_mangle]
#[allow(non_upper_case_globals)]
pub static penstock_type_built_as_rust: [u8; TEXT.len() + 1] = bytes(TEXT);

#[no_mangle]
#[allow(non_upper_case_globals)]
pub static penstock_methods_built_as_rust: [Method; 5] = [
    Method { name: b"create\0".as_ptr(), function: create as *const c_void },
    Method { name: b"destroy\0".as_ptr(), function: destroy as *const c_void },
    Method { name: b"configure\0".as_ptr(), function: configure as *const c_void },
    Method { name: b"process\0".as_ptr(), function: process as *const c_void },
    Method { name: std::ptr::null(), function: std::ptr::null() },
];
