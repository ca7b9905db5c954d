#ifndef CPKRUNBENCH_H
#define CPKRUNBENCH_H

#include <sys/types.h>

/* Starts `count` processes of `path` with posix_spawn(3), `width` at a time, and waits for all of them.
   Returns 0, or an error number. */
int bench_spawn_loop(const char *path, int count, int width);

/* Writes `bytes` bytes of 100-byte lines to standard output, a block of 64 KiB at a time, as stdio would.
   Returns 0, or an error number. */
int bench_write_lines(long long bytes);

/* Starts a program found through PATH, its standard output going to the file `output`.
   Returns 0, or an error number. */
int bench_start(char *const arguments[], const char *output, pid_t *child);

/* Waits for a process. Returns its exit code, or 128 plus the number of the signal that ended it. */
int bench_wait(pid_t child);

int bench_terminate(pid_t child);

#endif
