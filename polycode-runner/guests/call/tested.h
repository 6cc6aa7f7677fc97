/* Programs that tests ask for things, beside what `call.h` has for calls: the module is linked with what
 * there is of the program, and serves the line to the tests until that ends.
 */
#pragma once

#include "call.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A function of the program. Of several with one name, which stand together, the first is called that takes the arguments. */
struct __polycode_offer {
    const char *name;
    void (*call)(void);
    /* The types of its result and of its parameters, as they are declared. */
    const char *const *types;
    /* Which parameters, as bits, are lists and maps that it may change. */
    unsigned long long changes;
};

/* A variable or constant, which some can set. */
struct __polycode_variable {
    const char *name;
    void (*get)(void);
    void (*set)(void);
};

/* A class of C++. One of exceptions is known by what its objects say of their type, and has bases. */
struct __polycode_class {
    const char *name;
    const char *type;
    /* Those that tests know, and those among the classes before this one, as bits. */
    const char *base;
    unsigned long long above;
};

/* What there is of a program; each list ends with an entry that has no name. */
struct __polycode_program {
    const char *language;
    /* What tests can import, without and with extensions. */
    const char *const *files;
    const struct __polycode_offer *functions;
    const struct __polycode_variable *variables;
    const struct __polycode_class *classes;
    /* Calls a function, and notes the exception that comes of it. */
    void (*guard)(void (*call)(void));
    /* Has the library write out what was printed. */
    void (*flush)(void);
};

/* The same two in C. */
void __polycode_guard(void (*call)(void));
void __polycode_flush(void);

/* Serves tests until they have ended; the exit code. */
int __polycode_serve(const struct __polycode_program *program);

/* Says what the types of a function are, and that all of its arguments are taken. */
void __polycode_offered(const char *const *types);
void __polycode_made(void);
/* Fails because a parameter, counted from 1, or else the result is of a type that does not cross. */
__attribute__((noreturn)) void __polycode_refuse(int parameter);

/* A part of the answer that is put where it belongs later: a list or map that a function was given, if that was changed. */
__SIZE_TYPE__ __polycode_part(void);
const char *__polycode_taken(__SIZE_TYPE__ part);
void __polycode_put_change(int parameter, const char *before, __SIZE_TYPE__ part);

/* The exception that a function ended with: its class by the name that tests know, or by its type; its text. */
void __polycode_threw(const char *known, const char *type, const char *text, __SIZE_TYPE__ count);
/* One that is any value, as JSON from this part on; or what a function of the tests raised. */
void __polycode_threw_value(__SIZE_TYPE__ part);
void __polycode_threw_theirs(int number);

/* A call of a function of the tests: its arguments follow, each after a comma but for the first. Null where it raised
 * something, which has that number. */
__SIZE_TYPE__ __polycode_ask(int function);
const struct __polycode_value *__polycode_asked(__SIZE_TYPE__ part, int *raised);
/* The same, where what it raised ends the call of the program. */
const struct __polycode_value *__polycode_asked_or_left(__SIZE_TYPE__ part);
/* The number of the function of the tests that a parameter is given. */
int __polycode_take_function(const struct __polycode_value *value);

/* What a variable is set to. */
const struct __polycode_value *__polycode_given(void);

/* A value of C by its kind, from a parameter and to the answer. */
void __polycode_take_place(void *place, int parameter, int kind);
void __polycode_give_place(const void *place, int kind);
/* The same from what a function of the tests returned. */
void __polycode_take_value(void *place, const struct __polycode_value *value, int kind);
/* The lists that a function of C was given and has changed. */
void __polycode_put_changes(void);

#ifdef __cplusplus
}
#else

/* Whether a parameter of that type is a list that the function may change; as a bit. */
#define __POLYCODE_CHANGED(type, parameter)                                                                \
    ((__POLYCODE_KIND(type) & (__POLYCODE_LIST | __POLYCODE_CHANGES)) == (__POLYCODE_LIST | __POLYCODE_CHANGES) \
            ? 1ULL << (parameter)                                                                          \
            : 0)
/* Whether a value of that type is one that can be given as a result. */
#define __POLYCODE_IS_VALUE(type)                                                                          \
    ((__POLYCODE_KIND(type) & ~__POLYCODE_CHANGES) != __POLYCODE_OTHER && !(__POLYCODE_KIND(type) & __POLYCODE_LIST))

#endif
