/* Tells ThreadSanitizer what it cannot see: how a Synchronization.Mutex passes from one thread to another.

   The quick way in and out of it is inlined into instrumented code. The slow one, where threads meet, is in
   libswiftSynchronization.so, which is not instrumented, and without a word from there whatever such a mutex protects
   looks like a race. These two take its place in programs under ThreadSanitizer, `.ci/sanitize thread`, and pass on to it. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

/* sanitizer/tsan_interface.h */
void __tsan_acquire(void *address);
void __tsan_release(void *address);

/* _MutexHandle._lockSlow(_:) and _MutexHandle._unlockSlow() */
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

SWIFT void lock_slow(uint32_t thread, SELF void *handle) __asm__(LOCK_SLOW);
SWIFT void unlock_slow(SELF void *handle) __asm__(UNLOCK_SLOW);

SWIFT void lock_slow(uint32_t thread, SELF void *handle) {
    SWIFT void (*next)(uint32_t, SELF void *) = dlsym(RTLD_NEXT, LOCK_SLOW);
    next(thread, handle);
    __tsan_acquire(handle);
}

SWIFT void unlock_slow(SELF void *handle) {
    SWIFT void (*next)(SELF void *) = dlsym(RTLD_NEXT, UNLOCK_SLOW);
    __tsan_release(handle);
    next(handle);
}
