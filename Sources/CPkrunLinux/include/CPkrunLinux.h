#ifndef CPKRUNLINUX_H
#define CPKRUNLINUX_H
#include <sys/epoll.h>
#endif
