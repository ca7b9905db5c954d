#define _GNU_SOURCE
#include "CPkrunBench.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int bench_spawn_loop(const char *path, int count, int width) {
    char *const arguments[] = {(char *)path, NULL};
    int started = 0, running = 0;
    while (started < count || running > 0) {
        if (started < count && running < width) {
            pid_t child;
            int error = posix_spawn(&child, path, NULL, NULL, arguments, environ);
            if (error != 0) return error;
            started++;
            running++;
        } else {
            if (waitpid(-1, NULL, 0) < 0) return errno;
            running--;
        }
    }
    return 0;
}

int bench_write_lines(long long bytes) {
    enum { line = 100, block = 65500 };
    static char buffer[block];
    memset(buffer, 'x', sizeof buffer);
    for (int end = line - 1; end < block; end += line) buffer[end] = '\n';
    while (bytes > 0) {
        long long size = bytes < block ? bytes : block;
        ssize_t written = write(STDOUT_FILENO, buffer, (size_t)size);
        if (written < 0) {
            if (errno == EINTR) continue;
            return errno;
        }
        bytes -= written;
    }
    return 0;
}

int bench_start(char *const arguments[], const char *output, pid_t *child) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    int error = posix_spawnp(child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int bench_start_ready(const char *path, const char *argument, pid_t *child) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) return errno;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    char *const arguments[] = {(char *)path, (char *)argument, NULL};
    int error = posix_spawn(child, path, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    char byte = 0;
    while (error == 0 && byte != '\n' && read(ends[0], &byte, 1) == 1) continue;
    close(ends[0]);
    return error;
}

void bench_tell_time(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    dprintf(STDOUT_FILENO, "at %lld %ld\n", (long long)now.tv_sec, now.tv_nsec);
    for (;;) pause();
}

int bench_wait(pid_t child) {
    struct rusage ignored;
    return bench_wait_measured(child, &ignored);
}

int bench_wait_measured(pid_t child, struct rusage *usage) {
    int status;
    while (wait4(child, &status, 0, usage) < 0)
        if (errno != EINTR) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int bench_terminate(pid_t child) { return kill(child, SIGTERM); }
