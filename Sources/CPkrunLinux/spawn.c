#define _GNU_SOURCE
#include "spawn.h"
#include "freestanding.h"
#include "guardian.h"

#include <fcntl.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* linux/sched.h may be older than the kernel. */
#ifndef CLONE_INTO_CGROUP
#define CLONE_INTO_CGROUP 0x200000000ULL
#endif
#ifndef CLONE_CLEAR_SIGHAND
#define CLONE_CLEAR_SIGHAND 0x100000000ULL
#endif

/* ioprio_set(2); older systems have no header that says so. */
enum { IO_PRIORITY_OF_PROCESS = 1 };

enum { STACK_SIZE = 64 * 1024 };

/* The child runs in the parent's memory while the parent waits, so that this is how it reports. */
struct birth {
    const struct pkrun_spawn *request;
    struct pkrun_spawned *result;
    int streams[3];
    int shared_from; /* the child shares its parent's descriptors still, and needs none from here on; or 0 */
};

FREESTANDING_BEGIN

__attribute__((noreturn)) static void fail(struct birth *birth, int step, long error) {
    birth->result->step = step;
    birth->result->error = (int)-error;
    leave(127);
}

/* CLONE_CLEAR_SIGHAND has undone every handler; what is ignored stays so until somebody says otherwise. */
static void heed(signal_set ignored) {
    for (; ignored; ignored &= ignored - 1) set_default_disposition(__builtin_ctzll(ignored) + 1);
}

/* A process group of its own, and no controlling terminal. A session of its own would bring the same and costs more: an
   autogroup, sched(7), which on a busy machine waits for a turn of its own before its first instruction. */
static long leave_terminal(void) {
    long terminal = system_call(SYS_openat, AT_FDCWD, "/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC, 0);
    /* Without the file there may be one that cannot be left in this way. */
    if (terminal < 0 && terminal != -ENXIO) return system_call(SYS_setsid);
    if (terminal >= 0) {
        system_call(SYS_ioctl, terminal, TIOCNOTTY, 0);
        system_call(SYS_close, terminal);
    }
    return system_call(SYS_setpgid, 0, 0);
}

/* Only the leader of a session can take a terminal, which nobody else has yet. */
static void take_terminal(struct birth *birth, int terminal) {
    long status = system_call(SYS_setsid);
    if (status < 0) fail(birth, PKRUN_NEW_SESSION, status);
    status = system_call(SYS_ioctl, terminal, TIOCSCTTY, 0);
    if (status < 0) fail(birth, PKRUN_TERMINAL, status);
}

/* Copies a descriptor whose number another one may be going to get to one from `first` on, where nothing is put. */
static long set_aside(int source, int number, long first) {
    return source < first && source != number ? system_call(SYS_fcntl, source, F_DUPFD, first) : source;
}

static long put(int source, int number) {
    return source == number ? system_call(SYS_fcntl, number, F_SETFD, 0) : system_call(SYS_dup3, source, number, 0);
}

/* The streams on numbers below nearly all others, so that the child has no need to copy these, and to close them again. */
static long set_stage(struct birth *birth, const struct pkrun_spawn *request) {
    for (int number = 0; number < 3; number++) {
        long status = system_call(SYS_dup3, request->streams[number], request->stage[number], O_CLOEXEC);
        if (status < 0) return status;
        birth->streams[number] = request->stage[number];
        if (birth->shared_from <= status) birth->shared_from = (int)status + 1;
    }
    return 0;
}

static void clear_stage(const int *stage) {
    for (int number = 0; number < 3; number++) system_call(SYS_dup3, stage[3], stage[number], O_CLOEXEC);
}

/* Gives each descriptor its number, whatever numbers they have now, and closes all others. */
static void arrange_descriptors(struct birth *birth, const struct pkrun_spawn *request) {
    struct pkrun_descriptor *extra = request->extra;
    const size_t count = request->extra_count;
    if (count && extra[0].number < 3) fail(birth, PKRUN_DESCRIPTORS, -EINVAL);
    const long first = count ? extra[count - 1].number + 1L : 3;
    long status = birth->shared_from ? system_call(SYS_close_range, birth->shared_from, ~0u, CLOSE_RANGE_UNSHARE) : 0;
    if (status < 0) fail(birth, PKRUN_STREAMS, status);

    int streams[3];
    for (int number = 0; number < 3; number++) {
        long source = set_aside(birth->streams[number], number, first);
        if (source < 0) fail(birth, PKRUN_STREAMS, source);
        streams[number] = (int)source;
    }
    for (size_t index = 0; index < count; index++) {
        long source = set_aside(extra[index].source, extra[index].number, first);
        if (source < 0) fail(birth, PKRUN_DESCRIPTORS, source);
        extra[index].source = (int)source;
    }

    for (int number = 0; number < 3; number++) {
        status = put(streams[number], number);
        if (status < 0) fail(birth, PKRUN_STREAMS, status);
    }
    long unwanted = 3;
    for (size_t index = 0; index < count; index++) {
        int number = extra[index].number;
        status = put(extra[index].source, number);
        if (status < 0) fail(birth, PKRUN_DESCRIPTORS, status);
        if (unwanted < number) system_call(SYS_close_range, unwanted, number - 1, 0);
        unwanted = number + 1L;
    }
    status = system_call(SYS_close_range, unwanted, ~0u, 0);
    if (status < 0) fail(birth, PKRUN_STREAMS, status);
}

/* The kernel passes over processors that there are not, or that are not to be had, as long as one is left. */
static long run_on(const uint64_t *processors, size_t words) {
    long status = system_call(SYS_sched_setaffinity, 0, words * sizeof *processors, processors);
    if (status < 0) return status;
    uint64_t granted[128] = {0};
    status = system_call(SYS_sched_getaffinity, 0, sizeof granted, granted);
    if (status < 0) return status;
    for (size_t word = 0; word < words; word++) {
        uint64_t had = word < sizeof granted / sizeof *granted ? granted[word] : 0;
        if (processors[word] & ~had) return -EINVAL;
    }
    return 0;
}

/* Before the identity is taken: it may be root's privilege that allows them. */
static void take_attributes(struct birth *birth, const struct pkrun_spawn *request) {
    for (size_t index = 0; index < request->limit_count; index++) {
        const struct pkrun_limit *limit = &request->limits[index];
        long status = system_call(SYS_prlimit64, 0, limit->resource, &limit->values, NULL);
        if (status < 0) fail(birth, PKRUN_SET_LIMITS, status);
    }
    if (request->file_mode_mask >= 0) system_call(SYS_umask, request->file_mode_mask);
    if (request->niceness) {
        long status = system_call(SYS_setpriority, PRIO_PROCESS, 0, *request->niceness);
        if (status < 0) fail(birth, PKRUN_SET_NICENESS, status);
    }
    if (request->io_priority >= 0) {
        long status = system_call(SYS_ioprio_set, IO_PRIORITY_OF_PROCESS, 0, request->io_priority);
        if (status < 0) fail(birth, PKRUN_SET_IO_PRIORITY, status);
    }
    if (request->processors) {
        long status = run_on(request->processors, request->processor_words);
        if (status < 0) fail(birth, PKRUN_SET_PROCESSORS, status);
    }
}

static void take_identity(struct birth *birth, const struct pkrun_credentials *identity) {
    long status = system_call(SYS_setgroups, identity->group_count, identity->groups);
    if (status < 0) fail(birth, PKRUN_SET_GROUPS, status);
    status = system_call(SYS_setgid, identity->group);
    if (status < 0) fail(birth, PKRUN_SET_GROUP_ID, status);
    status = system_call(SYS_setuid, identity->user);
    if (status < 0) fail(birth, PKRUN_SET_USER_ID, status);
}

/* execvp(3) over a list made beforehand: a missing candidate passes on to the next, a forbidden one is remembered. In a
   directory that may not be searched there is, for all anybody can tell, no such program: the list goes on. */
static long execute(const struct pkrun_spawn *request) {
    const char *const *candidates = request->candidates;
    bool is_search = candidates[0] && candidates[1];
    long forbidden = 0;
    long status = -ENOENT;
    for (const char *const *path = candidates; *path; path++) {
        status = system_call(SYS_execve, *path, request->arguments, request->environment);
        if (status == -EACCES) {
            bool exists = system_call(SYS_faccessat, AT_FDCWD, *path, F_OK) == 0;
            if (exists || !is_search) forbidden = status;
            else status = -ENOENT;
        } else if (status != -ENOENT && status != -ENOTDIR) {
            return status;
        }
    }
    return forbidden ? forbidden : status;
}

__attribute__((noreturn)) static void become_program(void *argument) {
    struct birth *birth = argument;
    const struct pkrun_spawn *request = birth->request;
    birth->result->born = 1;

    long status;
    if (request->birth_socket >= 0) {
        status = announce_birth(request->birth_socket);
        if (status < 0) fail(birth, PKRUN_CREATE_PROCESS, status);
    }
    if (request->join_file >= 0) {
        status = system_call(SYS_write, request->join_file, "0", 1);
        if (status < 0) fail(birth, PKRUN_JOIN, status);
    }
    /* Before it can make a child that would be outside. */
    for (size_t index = 0; index < request->limit_file_count; index++) {
        status = system_call(SYS_write, request->limit_files[index], "0", 1);
        if (status < 0) fail(birth, PKRUN_JOIN_LIMITS, status);
    }
    heed(request->ignored);
    if (request->terminal >= 0) {
        take_terminal(birth, request->terminal);
    } else {
        if (request->leads_session) status = system_call(SYS_setsid);
        else status = request->has_own_terminal ? leave_terminal() : system_call(SYS_setpgid, 0, 0);
        if (status < 0) fail(birth, PKRUN_NEW_SESSION, status);
    }
    arrange_descriptors(birth, request);
    take_attributes(birth, request);
    if (request->credentials) take_identity(birth, request->credentials);
    if (request->directory) {
        status = system_call(SYS_chdir, request->directory);
        if (status < 0) fail(birth, PKRUN_CHANGE_DIRECTORY, status);
    }
    set_signal_mask(0);
    fail(birth, PKRUN_EXECUTE, execute(request));
}

/* clone3(2) whose child calls a function on the stack that `args` names. It cannot return there: the stack is empty. */
static long clone_onto_stack(struct clone_args *args, void (*function)(void *), void *argument) {
#if defined(__x86_64__)
    long result;
    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "mov %[argument], %%rdi\n\t"
                     "call *%[function]\n\t"
                     "ud2\n"
                     "1:"
                     : "=a"(result)
                     : "0"((long)SYS_clone3), "D"(args), "S"(sizeof *args), [function] "r"(function),
                       [argument] "r"(argument)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = SYS_clone3;
    register long x0 __asm__("x0") = (long)args;
    register long x1 __asm__("x1") = (long)sizeof *args;
    __asm__ volatile("svc #0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, xzr\n\t"
                     "mov x0, %[argument]\n\t"
                     "blr %[function]\n\t"
                     "brk #1\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), [function] "r"(function), [argument] "r"(argument)
                     : "memory");
    return x0;
#endif
}

long fork_raw(int *pidfd, uint64_t flags) {
    struct clone_args args = {.flags = CLONE_PIDFD | flags, .pidfd = (uintptr_t)pidfd, .exit_signal = SIGCHLD};
    return system_call(SYS_clone3, &args, sizeof args);
}

void pkrun_spawn(const struct pkrun_spawn *request, void *stack, struct pkrun_spawned *result) {
    *result = (struct pkrun_spawned){.pidfd = -1};
    const int *streams = request->streams;
    struct birth birth = {.request = request, .result = result, .streams = {streams[0], streams[1], streams[2]}};
    struct clone_args args = {
        .flags = CLONE_VM | CLONE_VFORK | CLONE_CLEAR_SIGHAND,
        .pidfd = (uintptr_t)&result->pidfd,
        .exit_signal = SIGCHLD,
        .stack = (uintptr_t)stack,
        .stack_size = STACK_SIZE,
    };
    if (request->wants_pidfd) args.flags |= CLONE_PIDFD;
    if (request->cgroup >= 0) {
        args.flags |= CLONE_INTO_CGROUP;
        args.cgroup = (uint64_t)request->cgroup;
    }

    const int *stage = request->extra_count ? NULL : request->stage;
    if (stage) {
        long status = set_stage(&birth, request);
        if (status < 0) {
            clear_stage(stage);
            result->step = PKRUN_STREAMS;
            result->error = (int)-status;
            return;
        }
        args.flags |= CLONE_FILES;
    }

    /* A handler of this process must not run in the child, on a stack and in a thread that it does not expect. */
    signal_set mask = set_signal_mask(EVERY_SIGNAL);
    long pid = clone_onto_stack(&args, become_program, &birth);
    set_signal_mask(mask);
    if (stage) clear_stage(stage);

    if (pid < 0) {
        result->step = PKRUN_CREATE_PROCESS;
        result->error = (int)-pid;
    } else if (result->step != 0 || !result->born) {
        while (system_call(SYS_wait4, pid, NULL, __WALL, NULL) == -EINTR) continue;
        if (result->pidfd >= 0) system_call(SYS_close, result->pidfd);
        result->pidfd = -1;
    } else {
        result->pid = (pid_t)pid;
    }
}

uint64_t pkrun_ignored_signals(void) {
    signal_set ignored = 0;
    for (int signal = 1; signal <= (int)(8 * sizeof ignored); signal++) {
        /* struct sigaction as the kernel has it. */
        uint64_t disposition[4] = {0};
        system_call(SYS_rt_sigaction, signal, NULL, disposition, sizeof ignored);
        if (disposition[0] == (uintptr_t)SIG_IGN) ignored |= (signal_set)1 << (signal - 1);
    }
    return ignored;
}

FREESTANDING_END

void *pkrun_stack_make(void) {
    void *stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    return stack == MAP_FAILED ? NULL : stack;
}

void pkrun_stack_free(void *stack) { munmap(stack, STACK_SIZE); }
