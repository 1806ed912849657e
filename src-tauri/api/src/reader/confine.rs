//! What does the reader give up before it sees a byte of a file?
//!
//! On Linux: every file, socket, process and new program, every descriptor but its two pipes (`seccomp(2)`),
//! memory beyond a bound, and after some seconds of work without a sign of life, itself (`setrlimit(2)`).
//! There is no way back. Deliberately absent: other systems, where it is a process of its own and no more;
//! there the program that started it still watches how long it is silent.

/// Greatest memory of the reader for data, in bytes.
pub(super) const MAX_MEMORY_BYTES: u64 = 1024 * 1024 * 1024;

/// How long it may work without a sign of life, in seconds of the processor.
#[cfg(target_os = "linux")]
const MAX_WORK_SECONDS: u64 = 10;

/// Gives up all but reading and writing two descriptors.
///
/// # Errors
///
/// What the system did not let it give up, in words.
#[cfg(target_os = "linux")]
pub(super) fn confine(input: i32, output: i32) -> Result<(), String> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let said = |error: &dyn std::fmt::Display| error.to_string();
    lanthan_store::hide_memory().map_err(|error| said(&error))?;
    let at_most = |most| Rlimit { current: Some(most), maximum: Some(most) };
    for (resource, most) in
        [(Resource::Data, MAX_MEMORY_BYTES), (Resource::Nofile, 0), (Resource::Fsize, 0)]
    {
        setrlimit(resource, at_most(most)).map_err(|error| said(&error))?;
    }
    show_life();
    calls::refuse(input, output).map_err(|error| said(&error))
}

/// Gives it another while to work; called whenever it says something.
#[cfg(target_os = "linux")]
pub(super) fn show_life() {
    use rustix::{
        process::{Resource, Rlimit, setrlimit},
        time::{ClockId, clock_gettime},
    };

    let worked = clock_gettime(ClockId::ProcessCPUTime).tv_sec;
    let until = u64::try_from(worked).unwrap_or(0) + MAX_WORK_SECONDS + 1;
    // Where the system refuses, the earlier and stricter bound holds.
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(until), maximum: None });
}

#[cfg(not(target_os = "linux"))]
pub(super) fn confine(_input: i32, _output: i32) -> Result<(), String> {
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(super) fn show_life() {}

#[cfg(target_os = "linux")]
mod calls {
    use std::collections::BTreeMap;

    use libc::{
        CLONE_THREAD, ENOSYS, EPERM, PR_SET_NAME, SYS_brk, SYS_clock_gettime, SYS_clock_nanosleep,
        SYS_clone, SYS_clone3, SYS_exit, SYS_exit_group, SYS_futex, SYS_getpid, SYS_getrandom,
        SYS_gettid, SYS_madvise, SYS_mmap, SYS_mprotect, SYS_mremap, SYS_munmap, SYS_nanosleep,
        SYS_prctl, SYS_prlimit64, SYS_read, SYS_restart_syscall, SYS_rseq, SYS_rt_sigaction,
        SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sched_getaffinity, SYS_sched_yield,
        SYS_set_robust_list, SYS_sigaltstack, SYS_tgkill, SYS_write, SYS_writev,
    };
    use seccompiler::{
        BpfProgram, SeccompAction,
        SeccompCmpArgLen::Dword,
        SeccompCmpArgLen::Qword,
        SeccompCmpOp::{self, Eq, MaskedEq},
        SeccompCondition, SeccompFilter, SeccompRule,
    };

    /// What memory, threads, signals and clocks need.
    const FREE: &[i64] = &[
        SYS_brk,
        SYS_mmap,
        SYS_munmap,
        SYS_mprotect,
        SYS_mremap,
        SYS_madvise,
        SYS_futex,
        SYS_set_robust_list,
        SYS_rseq,
        SYS_gettid,
        SYS_getpid,
        SYS_sched_yield,
        SYS_sched_getaffinity,
        SYS_rt_sigaction,
        SYS_rt_sigprocmask,
        SYS_rt_sigreturn,
        SYS_sigaltstack,
        SYS_tgkill,
        SYS_restart_syscall,
        SYS_clock_gettime,
        SYS_clock_nanosleep,
        SYS_nanosleep,
        SYS_getrandom,
        SYS_exit,
        SYS_exit_group,
        SYS_clone3,
    ];

    /// `PR_SET_VMA` of `prctl(2)`: the names that allocators give their regions.
    const PR_SET_VMA: u64 = 0x5356_4d41;

    type Refused = Box<dyn std::error::Error>;

    /// Answers "not permitted" to every call but some; the system's library takes the older way to make a
    /// thread when it hears that there is no newer one, whose flags no filter can see.
    pub(super) fn refuse(input: i32, output: i32) -> Result<(), Refused> {
        let older = BTreeMap::from([(SYS_clone3, Vec::new())]);
        apply(older, SeccompAction::Allow, SeccompAction::Errno(ENOSYS.unsigned_abs()))?;
        let mut calls: BTreeMap<i64, Vec<SeccompRule>> =
            FREE.iter().map(|call| (*call, Vec::new())).collect();
        let number = |value: i32| u64::from(value.unsigned_abs());
        let only = |at: u8, values: &[u64]| -> Result<Vec<SeccompRule>, Refused> {
            values.iter().map(|value| rule(&[(at, Eq, *value)])).collect()
        };
        calls.insert(SYS_read, only(0, &[number(input)])?);
        // What a panic says goes nowhere, but must not become a second one.
        calls.insert(SYS_write, only(0, &[number(output), 2])?);
        calls.insert(SYS_writev, only(0, &[number(output), 2])?);
        calls.insert(SYS_prctl, only(0, &[number(PR_SET_NAME), PR_SET_VMA])?);
        let thread = number(CLONE_THREAD);
        calls.insert(SYS_clone, vec![rule(&[(0, MaskedEq(thread), thread)])?]);
        let of_itself = [(0, Eq, 0), (1, Eq, u64::from(libc::RLIMIT_CPU))];
        calls.insert(SYS_prlimit64, vec![rule(&of_itself)?]);
        apply(calls, SeccompAction::Errno(EPERM.unsigned_abs()), SeccompAction::Allow)
    }

    fn rule(conditions: &[(u8, SeccompCmpOp, u64)]) -> Result<SeccompRule, Refused> {
        let condition = |(at, how, value): &(u8, SeccompCmpOp, u64)| {
            let length = if matches!(how, MaskedEq(_)) { Qword } else { Dword };
            SeccompCondition::new(*at, length, how.clone(), *value)
        };
        let conditions: Result<Vec<_>, _> = conditions.iter().map(condition).collect();
        Ok(SeccompRule::new(conditions?)?)
    }

    fn apply(
        calls: BTreeMap<i64, Vec<SeccompRule>>,
        others: SeccompAction,
        named: SeccompAction,
    ) -> Result<(), Refused> {
        let machine = std::env::consts::ARCH.try_into()?;
        let filter: BpfProgram = SeccompFilter::new(calls, others, named, machine)?.try_into()?;
        Ok(seccompiler::apply_filter_all_threads(&filter)?)
    }
}
