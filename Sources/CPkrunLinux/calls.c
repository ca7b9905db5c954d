#define _GNU_SOURCE
#include "CPkrunLinux.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t pkrun_getdents64(int directory, void *buffer, size_t size) {
    return syscall(SYS_getdents64, directory, buffer, size);
}

int pkrun_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int pkrun_message_sockets(int ends[2]) { return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends); }

int pkrun_set_pipe_capacity(int pipe, int bytes) { return fcntl(pipe, F_SETPIPE_SZ, bytes); }

int pkrun_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int pkrun_is_ignored(int signal) {
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

int pkrun_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int pkrun_pidfd_send_signal(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int pkrun_waitid(idtype_t type, id_t id, int options, struct pkrun_exit *exit) {
    siginfo_t info = {0};
    struct rusage usage = {0};
    if (syscall(SYS_waitid, type, id, &info, options | WEXITED, &usage) < 0) return -1;
    *exit = (struct pkrun_exit){
        .pid = info.si_pid,
        .code = info.si_code,
        .status = info.si_status,
        .cpu_microseconds = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + usage.ru_utime.tv_usec +
                            usage.ru_stime.tv_usec,
        .peak_kilobytes = usage.ru_maxrss,
    };
    return 0;
}
