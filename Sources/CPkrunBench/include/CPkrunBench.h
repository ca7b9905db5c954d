#ifndef CPKRUNBENCH_H
#define CPKRUNBENCH_H

#include <sys/resource.h>
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

/* The same, with what it has used; getrusage(2). */
int bench_wait_measured(pid_t child, struct rusage *usage);

int bench_terminate(pid_t child);

/* Starts a process with posix_spawn(3) and waits for it. Returns 0, or an error number. */
int bench_spawn_wait(const char *path);

/* Starts `sleep 1000` with posix_spawn(3). Returns 0, or an error number. */
int bench_spawn_sleep(pid_t *child);

/* As bench_spawn_wait, and reads what the process writes to its standard output and error. */
int bench_spawn_capture(const char *path);

/* Starts `path` with one argument and returns when it has written a line. Returns 0, or an error number. */
int bench_start_ready(const char *path, const char *argument, pid_t *child);

/* Writes `at SECONDS NANOSECONDS`, since 1970, and waits for ever. */
void bench_tell_time(void);

/* Becomes `count` processes that wait for ever; a byte on standard output says that all are there. */
void bench_bear(int count);

/* Kills what lives in a cgroup and returns when nothing does. Returns 0, or an error number. */
int bench_kill_cgroup(int directory);

#endif
