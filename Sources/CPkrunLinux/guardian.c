#define _GNU_SOURCE
#include "guardian.h"
#include "freestanding.h"
#include "spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/prctl.h>

/* At most 15 bytes, which is what the kernel keeps. */
static const char guardian_name[] = "pk-guardian";

FREESTANDING_BEGIN

static void take_name(const struct pkrun_title *title) {
    system_call(SYS_prctl, PR_SET_NAME, guardian_name, 0, 0, 0);
    for (size_t index = 0; index < title->length; index++) {
        title->start[index] = index < sizeof guardian_name - 1 ? guardian_name[index] : 0;
    }
}

static void close_all_but(int *kept, size_t count) {
    for (size_t sorted = 1; sorted < count; sorted++) {
        for (size_t index = sorted; index > 0 && kept[index - 1] > kept[index]; index--) {
            int other = kept[index];
            kept[index] = kept[index - 1];
            kept[index - 1] = other;
        }
    }
    unsigned first = 0;
    for (size_t index = 0; index < count; index++) {
        if (kept[index] < 0) continue;
        unsigned next = (unsigned)kept[index];
        if (next > first) system_call(SYS_close_range, first, next - 1, 0);
        first = next + 1;
    }
    system_call(SYS_close_range, first, ~0u, 0);
}

void become_guardian(const struct pkrun_title *title, int *kept, size_t count) {
    set_signal_mask(EVERY_SIGNAL);
    system_call(SYS_setsid);
    system_call(SYS_chdir, "/");
    take_name(title);
    close_all_but(kept, count);
}

static bool write_to(int directory, const char *file, const char *text, long length) {
    long number = system_call(SYS_openat, directory, file, O_WRONLY | O_CLOEXEC, 0);
    if (number < 0) return false;
    bool written = system_call(SYS_write, number, text, length) == length;
    system_call(SYS_close, number);
    return written;
}

/* cgroups(7): `cgroup.events` says "populated 0" when no process is left below, and wakes who polls when that changes. */
static void wait_until_empty(int directory) {
    long events = system_call(SYS_openat, directory, "cgroup.events", O_RDONLY | O_CLOEXEC, 0);
    if (events < 0) return;
    for (;;) {
        char text[128];
        static const char wanted[] = "populated ";
        long length = system_call(SYS_pread64, events, text, sizeof text - 1, 0);
        if (length <= 0) break;
        long place = 0;
        for (long index = 0; index + (long)sizeof wanted <= length && !place; index++) {
            long matched = 0;
            while (wanted[matched] && text[index + matched] == wanted[matched]) matched++;
            if (!wanted[matched]) place = index + matched;
        }
        if (!place || text[place] == '0') break;
        struct pollfd change = {.fd = (int)events, .events = POLLPRI};
        system_call(SYS_ppoll, &change, 1, NULL, NULL, 0);
    }
    system_call(SYS_close, events);
}

/* Removes every cgroup below; deeper than `depth` there is none, as cgroup.max.depth or the stack would have it. */
static void remove_below(int directory, int depth) {
    char records[1024];
    long filled;
    system_call(SYS_lseek, directory, 0, SEEK_SET);
    while ((filled = system_call(SYS_getdents64, directory, records, sizeof records)) > 0) {
        for (char *record = records; record < records + filled; record += *(uint16_t *)(void *)(record + 16)) {
            const char *name = record + 19;
            bool is_directory = record[18] == 4; /* DT_DIR */
            if (!is_directory || (name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2])))) continue;
            long below = system_call(SYS_openat, directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
            if (below < 0) continue;
            if (depth > 0) remove_below((int)below, depth - 1);
            system_call(SYS_close, below);
            system_call(SYS_unlinkat, directory, name, AT_REMOVEDIR);
        }
    }
}

/* What lived in the run's cgroup lived in these too, so that they are as empty. */
static void remove_all(const char *const *directories) {
    for (; *directories; directories++) {
        long directory = system_call(SYS_openat, AT_FDCWD, *directories, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
        if (directory < 0) continue;
        remove_below((int)directory, 64);
        system_call(SYS_close, directory);
        system_call(SYS_unlinkat, AT_FDCWD, *directories, AT_REMOVEDIR);
    }
}

/* The owner's cgroup takes processes again when it no longer hands controllers down. */
static void leave_home(const struct pkrun_cgroup_guard *guard) {
    if (system_call(SYS_unlinkat, guard->parent, guard->home, AT_REMOVEDIR) != -EBUSY) return;
    static const char file[] = "cgroup.subtree_control";
    /* A space before each controller, and one behind the last: it becomes the sign that disables it. */
    char text[256] = " ";
    long handed_down = system_call(SYS_openat, guard->parent, file, O_RDONLY | O_CLOEXEC, 0);
    long length = 1 + system_call(SYS_read, handed_down, text + 1, sizeof text - 1);
    system_call(SYS_close, handed_down);
    for (long start = 0; start + 1 < length;) {
        long end = start + 1;
        while (end < length && text[end] != ' ' && text[end] != '\n') end++;
        text[start] = '-';
        write_to(guard->parent, file, text + start, end - start);
        start = end;
    }
    write_to(guard->parent, "cgroup.procs", "0", 1);
    system_call(SYS_unlinkat, guard->parent, guard->home, AT_REMOVEDIR);
}

/* Whether the owner is dead (true) or has let go (false). */
static bool outlives_owner(int owner, int control) {
    struct pollfd entries[2] = {{.fd = owner, .events = POLLIN}, {.fd = control, .events = POLLIN}};
    for (;;) {
        system_call(SYS_ppoll, entries, 2, NULL, NULL, 0);
        if (entries[0].revents) return true;
        if (entries[1].revents) {
            char byte;
            if (system_call(SYS_read, control, &byte, 1) == 1) return false;
            /* The end of the pipe comes a moment before the end of the owner. */
            entries[1].fd = -1;
        }
    }
}

__attribute__((noreturn)) static void guard_cgroup(const struct pkrun_cgroup_guard *guard) {
    int kept[] = {guard->owner, guard->control, guard->directory, guard->parent, guard->held};
    become_guardian(&guard->title, kept, sizeof kept / sizeof *kept);
    if (!outlives_owner(guard->owner, guard->control)) leave(0);
    for (;;) {
        bool killed = write_to(guard->directory, "cgroup.kill", "1", 1);
        wait_until_empty(guard->directory);
        /* The run's own goes last: by its name the next run would find the others. */
        remove_all(guard->limit_directories);
        remove_below(guard->directory, 64);
        long status = system_call(SYS_unlinkat, guard->parent, guard->name, AT_REMOVEDIR);
        /* Busy: somebody has moved in since. */
        if (status == -EBUSY && killed) continue;
        leave_home(guard);
        leave(0);
    }
}

void pkrun_guard_cgroup(const struct pkrun_cgroup_guard *guard, struct pkrun_child *child) {
    *child = (struct pkrun_child){.pidfd = -1};
    signal_set mask = set_signal_mask(EVERY_SIGNAL);
    long pid = fork_raw(&child->pidfd, 0);
    if (pid == 0) guard_cgroup(guard);
    set_signal_mask(mask);
    if (pid < 0) child->error = (int)-pid;
    else child->pid = (pid_t)pid;
}

FREESTANDING_END
