#define _GNU_SOURCE
#include "freestanding.h"
#include "guardian.h"
#include "spawn.h"
#include "usage.h"

#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

struct tree {
    const struct pkrun_tree_guard *guard;
    pid_t self;
    pid_t main;
    bool main_reaped;
    bool told_main; /* the owner knows that the main process has ended */
    struct pkrun_exit main_exit;
};

FREESTANDING_BEGIN

static void tell(const struct tree *tree, const struct pkrun_report *report) {
    system_call(SYS_sendto, tree->guard->socket, report, sizeof *report, MSG_NOSIGNAL, NULL, 0);
}

/* The descriptor means this process also when its parent is gone, which the number would not. */
long announce_birth(int socket) {
    long self = system_call(SYS_pidfd_open, system_call(SYS_getpid), 0);
    if (self < 0) return self;
    struct pkrun_report report = {.kind = PKRUN_BORN};
    struct iovec part = {.iov_base = &report, .iov_len = sizeof report};
    union {
        char bytes[CMSG_SPACE(sizeof(int))];
        struct cmsghdr head;
    } control = {.bytes = {0}};
    control.head.cmsg_len = CMSG_LEN(sizeof(int));
    control.head.cmsg_level = SOL_SOCKET;
    control.head.cmsg_type = SCM_RIGHTS;
    *(int *)(void *)CMSG_DATA(&control.head) = (int)self;
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = CMSG_LEN(sizeof(int))};
    long status = system_call(SYS_sendmsg, socket, &message, MSG_NOSIGNAL);
    system_call(SYS_close, self);
    return status;
}

/* What everybody used whom this process, or a descendant, has reaped. */
static struct pkrun_exit usage_of_tree(void) {
    struct rusage usage = {0};
    system_call(SYS_getrusage, RUSAGE_CHILDREN, &usage);
    struct pkrun_exit exit = {0};
    note_usage(&exit, &usage);
    return exit;
}

/* Reaps what has ended; false where no child is left at all, which a subreaper knows to mean no descendant. */
static bool reap(struct tree *tree, int options) {
    for (;;) {
        siginfo_t info;
        struct rusage usage = {0};
        info.si_pid = 0;
        long status = system_call(SYS_waitid, P_ALL, 0, &info, WEXITED | options, &usage);
        if (status == -ECHILD) return false;
        if (status == 0 && info.si_pid == 0) return true;
        if (status == 0 && info.si_pid == tree->main) {
            tree->main_reaped = true;
            tree->main_exit =
                (struct pkrun_exit){.pid = info.si_pid, .code = info.si_code, .status = info.si_status};
            note_usage(&tree->main_exit, &usage);
        }
        /* Having waited for one, take what else is there. */
        options = WNOHANG;
    }
}

/* Reports what reaping has brought to light, and leaves when there is nothing left to guard. */
static void settle(struct tree *tree, bool alive) {
    if (tree->main_reaped && !tree->told_main) {
        tree->told_main = true;
        tell(tree, &(struct pkrun_report){.kind = PKRUN_MAIN_EXITED, .empty = !alive, .exit = tree->main_exit});
    }
    if (!alive) {
        tell(tree, &(struct pkrun_report){.kind = PKRUN_EMPTIED, .exit = usage_of_tree()});
        leave(0);
    }
}

/* Returns only where somebody refuses to be ended: a set-user-ID program under an owner without privilege. */
static void end_tree(struct tree *tree) {
    struct pkrun_sweep *sweep = tree->guard->sweep;
    for (;;) {
        /* In a namespace of its own everybody else is the tree, and the kernel lets no fork slip through. */
        if (tree->guard->own_namespace) system_call(SYS_kill, -1, SIGKILL);
        else pkrun_sweep_kill(sweep, tree->self);
        if (sweep->refused && sweep->refused >= sweep->found_count) break;
        settle(tree, reap(tree, 0));
    }
    tell(tree, &(struct pkrun_report){.kind = PKRUN_REFUSED, .count = (int)sweep->refused});
}

__attribute__((noreturn)) static void outlive_owner(struct tree *tree) {
    for (;;) {
        end_tree(tree);
        if (!reap(tree, 0)) leave(0);
    }
}

static long write_text(const char *path, const char *text) {
    long file = system_call(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC, 0);
    if (file < 0) return file;
    size_t length = 0;
    while (text[length]) length++;
    long status = system_call(SYS_write, file, text, length);
    system_call(SYS_close, file);
    return status;
}

/* user_namespaces(7): without privilege one may map oneself, and only if no group can be dropped. */
static long settle_in(const struct pkrun_namespace *own) {
    long status = 0;
    system_call(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (own->user_map) {
        status = write_text("/proc/self/setgroups", "deny");
        if (status >= 0) status = write_text("/proc/self/uid_map", own->user_map);
        if (status >= 0) status = write_text("/proc/self/gid_map", own->group_map);
        if (status < 0) return status;
    }
    status = system_call(SYS_mount, NULL, "/", NULL, MS_REC | MS_SLAVE, NULL);
    if (status < 0) return status;
    return system_call(SYS_mount, "proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
}

static void start_main(struct tree *tree) {
    struct pkrun_spawned started;
    pkrun_spawn(tree->guard->spawn, tree->guard->stack, &started);
    tree->main = started.pid;
    tell(tree, &(struct pkrun_report){
                   .kind = PKRUN_STARTED, .pid = started.pid, .step = started.step, .error = started.error});
    if (!started.pid) leave(0);
}

__attribute__((noreturn)) static void guard_tree(const struct pkrun_tree_guard *guard) {
    struct tree tree = {.guard = guard, .self = (pid_t)system_call(SYS_getpid)};
    set_default_disposition(SIGCHLD);
    system_call(SYS_prctl, PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    if (guard->own_namespace) {
        long status = settle_in(guard->own_namespace);
        if (status < 0) {
            tell(&tree, &(struct pkrun_report){
                            .kind = PKRUN_STARTED, .step = PKRUN_CREATE_CONTAINER, .error = (int)-status});
            leave(0);
        }
    }
    start_main(&tree);

    int kept[] = {guard->owner, guard->socket, guard->held};
    become_guardian(&guard->title, kept, sizeof kept / sizeof *kept);
    const signal_set child_signal = (signal_set)1 << (SIGCHLD - 1);
    long deaths = system_call(SYS_signalfd4, -1, &child_signal, sizeof child_signal, SFD_CLOEXEC | SFD_NONBLOCK);

    struct pollfd entries[3] = {
        {.fd = guard->owner, .events = POLLIN},
        {.fd = guard->socket, .events = POLLIN},
        {.fd = (int)deaths, .events = POLLIN},
    };
    for (;;) {
        settle(&tree, reap(&tree, WNOHANG));
        system_call(SYS_ppoll, entries, 3, NULL, NULL, 0);
        struct signalfd_siginfo info;
        while (system_call(SYS_read, deaths, &info, sizeof info) > 0) continue;
        if (entries[0].revents) outlive_owner(&tree);
        if (entries[1].revents) {
            char message;
            long length = system_call(SYS_recvfrom, guard->socket, &message, sizeof message, MSG_DONTWAIT, NULL, NULL);
            /* The end of the socket: the owner has lost its end, if not its life. */
            if (length == 0) entries[1].fd = -1;
            if (length >= 0) end_tree(&tree);
        }
    }
}

void pkrun_guard_tree(const struct pkrun_tree_guard *guard, struct pkrun_child *child) {
    *child = (struct pkrun_child){.pidfd = -1};
    signal_set mask = set_signal_mask(EVERY_SIGNAL);
    const struct pkrun_namespace *own = guard->own_namespace;
    uint64_t flags = own ? CLONE_NEWPID | CLONE_NEWNS | (own->user_map ? CLONE_NEWUSER : 0) : 0;
    long pid = fork_raw(&child->pidfd, flags);
    if (pid == 0) guard_tree(guard);
    set_signal_mask(mask);
    if (pid < 0) child->error = (int)-pid;
    else child->pid = (pid_t)pid;
}

FREESTANDING_END
