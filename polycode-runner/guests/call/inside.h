/* What the files of this folder share. */
#pragma once

#include <stddef.h>

#include "call.h"

/* The call that is made. */
struct __polycode_call {
    const char *name;
    /* The arguments as they are given, and for each parameter. */
    const struct __polycode_value *given;
    const struct __polycode_value **arguments;
    /* The parameter whose value is taken, from 1; afterwards 0. */
    int parameter;
};

extern struct __polycode_call __polycode_call;

void *__polycode_room(size_t bytes);
/* The answer so far. */
const char *__polycode_answer(size_t *length);
