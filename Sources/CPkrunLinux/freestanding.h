/* What code may use that runs in a child before execve(2), or in a guardian: system calls and nothing else. The C library
   may hold locks that nobody will ever release there, and a sanitizer would trace a stack and a heap that are not its own. */

#ifndef FREESTANDING_H
#define FREESTANDING_H

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>

#define NO_INSTRUMENTS __attribute__((no_sanitize("address", "thread", "undefined"), disable_sanitizer_instrumentation))
#define FREESTANDING_BEGIN                                                                                            \
    _Pragma("clang attribute push(NO_INSTRUMENTS, apply_to = function)")                                              \
    _Pragma("clang attribute push(__attribute__((no_stack_protector, no_builtin)), apply_to = function)")
#define FREESTANDING_END _Pragma("clang attribute pop") _Pragma("clang attribute pop")

FREESTANDING_BEGIN

/* Returns what the kernel returns: a negated errno(3) where the call failed. */
static inline long system_call6(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
    long result;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    return x0;
#else
#error "pkrun starts processes on x86_64 and aarch64"
#endif
}

#define SYSTEM_CALL_PICK(_0, _1, _2, _3, _4, _5, _6, name, ...) name
#define SYSTEM_CALL0(n) system_call6(n, 0, 0, 0, 0, 0, 0)
#define SYSTEM_CALL1(n, a) system_call6(n, (long)(a), 0, 0, 0, 0, 0)
#define SYSTEM_CALL2(n, a, b) system_call6(n, (long)(a), (long)(b), 0, 0, 0, 0)
#define SYSTEM_CALL3(n, a, b, c) system_call6(n, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define SYSTEM_CALL4(n, a, b, c, d) system_call6(n, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define SYSTEM_CALL5(n, a, b, c, d, e) system_call6(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define SYSTEM_CALL6(n, a, b, c, d, e, f)                                                                             \
    system_call6(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
/* system_call(number, up to six arguments) */
#define system_call(...)                                                                                              \
    SYSTEM_CALL_PICK(__VA_ARGS__, SYSTEM_CALL6, SYSTEM_CALL5, SYSTEM_CALL4, SYSTEM_CALL3, SYSTEM_CALL2,               \
                     SYSTEM_CALL1, SYSTEM_CALL0)                                                                      \
    (__VA_ARGS__)

/* sigset_t as the kernel has it: bit n - 1 is signal n. */
typedef uint64_t signal_set;
#define EVERY_SIGNAL (~(signal_set)0)

static inline signal_set set_signal_mask(signal_set mask) {
    signal_set previous = 0;
    system_call(SYS_rt_sigprocmask, SIG_SETMASK, &mask, &previous, sizeof mask);
    return previous;
}

/* struct sigaction as the kernel has it, all zero: SIG_DFL. */
static inline void set_default_disposition(int signal) {
    const uint64_t disposition[4] = {0};
    system_call(SYS_rt_sigaction, signal, disposition, NULL, sizeof(signal_set));
}

__attribute__((noreturn)) static inline void leave(int code) {
    for (;;) system_call(SYS_exit_group, code);
}

/* The compiler calls these where a structure is filled or copied. Elsewhere's are not to be trusted either: those of
   ThreadSanitizer wait for a lock. */
__attribute__((used)) static void *memset(void *target, int byte, size_t size) {
    for (size_t index = 0; index < size; index++) ((unsigned char *)target)[index] = (unsigned char)byte;
    return target;
}

__attribute__((used)) static void *memcpy(void *restrict target, const void *restrict source, size_t size) {
    for (size_t index = 0; index < size; index++) ((unsigned char *)target)[index] = ((const unsigned char *)source)[index];
    return target;
}

FREESTANDING_END

#endif
