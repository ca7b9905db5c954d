/* Inside this library only: what both guardians do first. */

#ifndef GUARDIAN_H
#define GUARDIAN_H

#include "CPkrunLinux.h"

/* Leaves the owner's session, name, directory and descriptors but the `count` given ones, whose order it changes. */
void become_guardian(const struct pkrun_title *title, int *kept, size_t count);

#endif
