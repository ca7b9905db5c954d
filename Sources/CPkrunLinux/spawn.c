#include "CPkrunLinux.h"
