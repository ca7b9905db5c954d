#define _GNU_SOURCE
#include "CPkrunBench.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int bench_spawn_wait(const char *path) {
    char *const arguments[] = {(char *)path, NULL};
    pid_t child;
    int error = posix_spawn(&child, path, NULL, NULL, arguments, environ);
    if (error != 0) return error;
    return waitpid(child, NULL, 0) < 0 ? errno : 0;
}

/* A thread of Swift's concurrency blocks signals, which the child would inherit. */
int bench_spawn_sleep(pid_t *child) {
    char *const arguments[] = {"sleep", "1000", NULL};
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawnp(child, arguments[0], NULL, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* Two pipes, as for standard output and error, read to their ends one after the other. */
int bench_spawn_capture(const char *path) {
    char *const arguments[] = {(char *)path, NULL};
    int ends[2][2];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int stream = 0; stream < 2; stream++) {
        if (pipe2(ends[stream], O_CLOEXEC) < 0) return errno;
        posix_spawn_file_actions_adddup2(&actions, ends[stream][1], stream + 1);
    }
    pid_t child;
    int error = posix_spawn(&child, path, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    for (int stream = 0; stream < 2; stream++) {
        char buffer[65536];
        close(ends[stream][1]);
        while (error == 0 && read(ends[stream][0], buffer, sizeof buffer) > 0) continue;
        close(ends[stream][0]);
    }
    if (error != 0) return error;
    return waitpid(child, NULL, 0) < 0 ? errno : 0;
}

void bench_bear(int count) {
    for (int child = 0; child < count - 1; child++) {
        if (fork() == 0) {
            for (;;) pause();
        }
    }
    if (write(STDOUT_FILENO, "x", 1) == 1)
        for (;;) pause();
}

int bench_kill_cgroup(int directory) {
    int kill_file = openat(directory, "cgroup.kill", O_WRONLY | O_CLOEXEC);
    int events = openat(directory, "cgroup.events", O_RDONLY | O_CLOEXEC);
    if (kill_file < 0 || events < 0 || write(kill_file, "1", 1) != 1) return errno;
    char text[256];
    do {
        ssize_t length = pread(events, text, sizeof text - 1, 0);
        if (length < 0) return errno;
        text[length] = 0;
        sched_yield();
    } while (!strstr(text, "populated 0"));
    close(kill_file);
    close(events);
    return 0;
}
