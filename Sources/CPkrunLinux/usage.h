/* Inside this library only: what a process that was waited for has used. */

#ifndef USAGE_H
#define USAGE_H

#include "CPkrunLinux.h"
#include "freestanding.h"

FREESTANDING_BEGIN

static inline int64_t microseconds(const struct timeval *time) { return time->tv_sec * 1000000 + time->tv_usec; }

static inline void note_usage(struct pkrun_exit *exit, const struct rusage *usage) {
    exit->cpu_microseconds = microseconds(&usage->ru_utime) + microseconds(&usage->ru_stime);
    exit->peak_kilobytes = usage->ru_maxrss;
    exit->read_blocks = usage->ru_inblock;
    exit->written_blocks = usage->ru_oublock;
}

FREESTANDING_END

#endif
