#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Trees that are hard to end. Each shape says "ready" on standard output when it stands.
   pkrun-test-bomb tree N | comets N | zombies N | stopped N | tracee | vfork | fifo PATH | forks */

static void ready(void) {
    if (write(STDOUT_FILENO, "ready\n", 6) != 6) _exit(1);
}

_Noreturn static void stay(void) {
    for (;;) pause();
}

static int shared_count(int **count) {
    *count = mmap(NULL, sizeof **count, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return *count == MAP_FAILED ? -1 : 0;
}

static void wait_for(const int *count, int number) {
    while (__atomic_load_n(count, __ATOMIC_ACQUIRE) < number) usleep(1000);
}

/* Ten children each, every third in a session of its own, some orphaned by their parent. */
static void grow(int number, int *grown) {
    int children = number < 10 ? number : 10;
    for (int child = 0; child < children; child++) {
        int share = number / children + (child < number % children);
        pid_t pid = fork();
        if (pid < 0) _exit(1);
        if (pid > 0) continue;
        if (child % 3 == 0) setsid();
        if (child % 7 == 6 && fork() > 0) _exit(0);
        __atomic_add_fetch(grown, 1, __ATOMIC_RELEASE);
        grow(share - 1, grown);
        stay();
    }
}

static void tree(int number) {
    int *grown;
    if (shared_count(&grown) < 0) exit(1);
    grow(number - 1, grown);
    wait_for(grown, number - 1);
    ready();
    stay();
}

/* Each goes on as its own child, in a new session, as fast as it can. */
static void comets(int number) {
    int *born;
    if (shared_count(&born) < 0) exit(1);
    for (int comet = 0; comet < number; comet++) {
        if (fork() > 0) continue;
        for (;;) {
            pid_t pid = fork();
            if (pid > 0) _exit(0);
            if (pid == 0) setsid();
            __atomic_add_fetch(born, pid == 0, __ATOMIC_RELEASE);
        }
    }
    wait_for(born, 100 * number);
    ready();
    stay();
}

/* Everybody makes as many as can be made, for ever. Where nothing limits them they stop at some thousands. */
static void forks(void) {
    int *made, *refused;
    if (shared_count(&made) < 0 || shared_count(&refused) < 0) exit(1);
    if (fork() == 0) {
        while (__atomic_load_n(made, __ATOMIC_ACQUIRE) < 3000) {
            pid_t pid = fork();
            __atomic_add_fetch(pid < 0 ? refused : made, pid != 0, __ATOMIC_RELEASE);
            if (pid < 0) usleep(1000);
        }
        stay();
    }
    wait_for(refused, 100);
    ready();
    stay();
}

/* Children that have ended, and that nobody waits for. */
static void zombies(int number) {
    for (int child = 0; child < number; child++) {
        pid_t pid = fork();
        if (pid == 0) _exit(0);
        siginfo_t end;
        waitid(P_PID, (id_t)pid, &end, WEXITED | WNOWAIT);
    }
    ready();
    stay();
}

static void stopped(int number) {
    for (int child = 0; child < number; child++) {
        pid_t pid = fork();
        if (pid == 0) {
            raise(SIGSTOP);
            stay();
        }
        waitpid(pid, NULL, WUNTRACED);
    }
    ready();
    stay();
}

/* A child in a tracing stop, which job control does not reach. */
static void tracee(void) {
    pid_t pid = fork();
    if (pid == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        stay();
    }
    waitpid(pid, NULL, 0);
    ready();
    stay();
}

/* The parent waits in the kernel, in state D, until the child executes or ends, which it does not. */
static void waiting_for_vfork(void) {
    pid_t pid = vfork();
    if (pid == 0) {
        ready();
        for (;;) pause();
    }
    _exit(0);
}

/* Two that wait in open(2) for a reader who never comes. */
static void fifo(const char *path) {
    if (mkfifo(path, 0600) < 0) exit(1);
    fork();
    ready();
    open(path, O_WRONLY);
    _exit(0);
}

int main(int count, char **arguments) {
    const char *shape = count > 1 ? arguments[1] : "";
    const char *argument = count > 2 ? arguments[2] : "0";
    if (!strcmp(shape, "tree")) tree(atoi(argument));
    if (!strcmp(shape, "comets")) comets(atoi(argument));
    if (!strcmp(shape, "zombies")) zombies(atoi(argument));
    if (!strcmp(shape, "stopped")) stopped(atoi(argument));
    if (!strcmp(shape, "tracee")) tracee();
    if (!strcmp(shape, "vfork")) waiting_for_vfork();
    if (!strcmp(shape, "fifo")) fifo(argument);
    if (!strcmp(shape, "forks")) forks();
    fprintf(stderr, "no such shape: %s\n", shape);
    return 2;
}
