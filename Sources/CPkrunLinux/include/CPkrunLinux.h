#ifndef CPKRUNLINUX_H
#define CPKRUNLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/types.h>

/* System calls that the C library does not offer, or offers with a signature that Swift cannot call. Each returns -1
   and sets errno(3) where it fails. */

/* getdents64(2) */
ssize_t pkrun_getdents64(int directory, void *buffer, size_t size);

/* pipe2(2) with O_CLOEXEC */
int pkrun_pipe(int ends[2]);

/* fcntl(2), F_SETPIPE_SZ */
int pkrun_set_pipe_capacity(int pipe, int bytes);

/* prctl(2), PR_SET_CHILD_SUBREAPER */
int pkrun_become_subreaper(void);

#endif
