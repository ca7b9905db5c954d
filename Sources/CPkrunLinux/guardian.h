/* Inside this library only: what guardians have in common, and what their first child does for them. */

#ifndef GUARDIAN_H
#define GUARDIAN_H

#include "CPkrunLinux.h"

/* Leaves the owner's session, name, directory and descriptors but the `count` given ones, whose order it changes. */
void become_guardian(const struct pkrun_title *title, int *kept, size_t count);

/* PKRUN_BORN, from the process itself: a negated errno(3) where it could not be sent. */
long announce_birth(int socket);

#endif
