/* Inside this library only: the parts of a spawn that a guardian shares. */

#ifndef SPAWN_H
#define SPAWN_H

#include "CPkrunLinux.h"

/* clone3(2) with fork semantics, and what else `flags` has: 0 in the child, the child's number in the parent, or a negated errno(3). */
long fork_raw(int *pidfd, uint64_t flags);

#endif
