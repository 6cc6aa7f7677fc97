/* What the files of this folder share. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include "tested.h"

/* A place of C that a function may write to. */
struct __polycode_place {
    const struct __polycode_place *next;
    void *items;
    int kind, parameter;
    unsigned count;
    /* What was there before, for tests. */
    const char *before;
};

/* The call that is made. */
struct __polycode_call {
    const char *name;
    /* The arguments as they are given, and for each parameter. */
    const struct __polycode_value *given;
    const struct __polycode_value **arguments;
    /* By parameter: which of those that are given it is, or -1. */
    int *numbers;
    /* The parameter whose value is taken, from 1; afterwards 0. */
    int parameter;
    /* The places of C, and where the next one is noted. */
    const struct __polycode_place *places, **last_place;
    /* For tests: the types that the function is declared with, whether it was called, and arguments that it changed. */
    const char *const *types;
    _Bool is_made;
    int changed;
};

extern struct __polycode_call __polycode_call;

/* Room that is given back when a request is answered. */
void *__polycode_room(size_t bytes);
void __polycode_give_back(void);

/* Reads a text, which is changed. */
struct __polycode_value *__polycode_read(char *text);
/* What a map has by a name: null, or a failure where there is none. */
const struct __polycode_value *__polycode_find(const struct __polycode_value *map, const char *name);
const struct __polycode_value *__polycode_member(const struct __polycode_value *map, const char *name);
/* What tests mean by a map that stands for a value. */
struct __polycode_value *__polycode_told(struct __polycode_value *map);

/* The answer so far. */
const char *__polycode_answer(size_t *length);
/* A part of it: where it begins, and what it is, which is taken away again. */
size_t __polycode_part(void);
const char *__polycode_taken(size_t part);

/* Raises an exception of a class that tests know. */
_Noreturn void __polycode_raise(const char *class, const char *format, va_list parts);
