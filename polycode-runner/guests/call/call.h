/* Calls of functions, as the compiled part of them (the files `.c` beside this) does it for C and C++.
 *
 * A program whose functions are called is linked with this and with a table of them, which is made when
 * it is built. What is called, and with what, is read from /run/request.json; what comes of it is left
 * at /run/answer. No header of the library is read here, so that programs see none that they did not
 * ask for.
 */
#pragma once

#ifdef __cplusplus
extern "C" {
#define __POLYCODE_BOOL bool
#else
#define __POLYCODE_BOOL _Bool
#endif

/* Types of JSON. */
enum __polycode_type {
    __POLYCODE_NULL,
    __POLYCODE_TRUTH,
    __POLYCODE_NUMBER,
    __POLYCODE_STRING,
    __POLYCODE_ARRAY,
    __POLYCODE_OBJECT,
    /* By a number: a function of the tests, and something that tests were given. */
    __POLYCODE_FUNCTION,
    __POLYCODE_OWN,
};

/* A value of JSON. */
struct __polycode_value {
    enum __polycode_type type;
    /* Bytes of a number or text; entries of a list; names and entries of a map. */
    unsigned count;
    union {
        const char *text;
        /* Each has the one after it; those of a map are a name and its value in turn. */
        const struct __polycode_value *first;
        __POLYCODE_BOOL truth;
    };
    const struct __polycode_value *next;
};

/* Types that a parameter or a result can have. */
enum __polycode_kind {
    __POLYCODE_OTHER,
    __POLYCODE_BOOLEAN,
    __POLYCODE_CHAR,
    __POLYCODE_INTEGER,
    /* Signed integers: 1, 2, 4 and 8 bytes. */
    __POLYCODE_SIGNED = __POLYCODE_INTEGER,
    __POLYCODE_SHORT,
    __POLYCODE_INT,
    __POLYCODE_LONG_LONG,
    /* Unsigned ones. */
    __POLYCODE_UNSIGNED,
    __POLYCODE_UNSIGNED_SHORT,
    __POLYCODE_UNSIGNED_INT,
    __POLYCODE_UNSIGNED_LONG_LONG,
    __POLYCODE_FLOAT,
    __POLYCODE_DOUBLE,
    __POLYCODE_LONG_DOUBLE,
    __POLYCODE_TEXT,
    /* A place of several. */
    __POLYCODE_LIST = 32,
    /* A place that the function may write to. */
    __POLYCODE_CHANGES = 64,
};

/* A function of the program. */
struct __polycode_function {
    const char *name;
    void (*call)(void);
};

/* Whether tests ask, and not a validator: then values are told as they tell them. */
extern __POLYCODE_BOOL __polycode_is_tested;

/* Calls the function that the request names; the exit code. */
int __polycode_main(const struct __polycode_function *functions, int count);

/* Ends the program with a message. */
__attribute__((noreturn, format(printf, 1, 2))) void __polycode_fail(const char *format, ...);

/* Says what the parameters of the function are. */
void __polycode_parameters(const unsigned char *kinds, int count);
/* What a parameter is given; what is taken from it is checked, and told with its number. */
const struct __polycode_value *__polycode_argument(int parameter);

__POLYCODE_BOOL __polycode_take_bool(const struct __polycode_value *value);
char __polycode_take_char(const struct __polycode_value *value);
long long __polycode_take_signed(const struct __polycode_value *value, int bytes);
unsigned long long __polycode_take_unsigned(const struct __polycode_value *value, int bytes);
double __polycode_take_number(const struct __polycode_value *value);
/* A text of `count` bytes, with a byte of zero after them. */
const char *__polycode_take_text(const struct __polycode_value *value);
/* The first entry, of `count`; null where there is none. */
const struct __polycode_value *__polycode_take_list(const struct __polycode_value *value);
/* The first name, its value after it. */
const struct __polycode_value *__polycode_take_map(const struct __polycode_value *value);
/* Fails because a list has not as many entries as it should. */
__attribute__((noreturn)) void __polycode_wrong_count(const struct __polycode_value *value, unsigned wanted);
/* Fails because a value is not what it should be. */
__attribute__((noreturn)) void __polycode_wrong_type(const struct __polycode_value *value, const char *wanted);
/* A parameter of C, by its kind. */
long long __polycode_take_integer(int parameter, int kind);
double __polycode_take_floating(int parameter, int kind);
void *__polycode_take_pointer(int parameter, int kind);

/* Parts of the answer, one after the other. */
void __polycode_give(const char *json);
void __polycode_give_bool(__POLYCODE_BOOL truth);
void __polycode_give_char(char character);
void __polycode_give_signed(long long number);
void __polycode_give_unsigned(unsigned long long number);
void __polycode_give_float(float number);
void __polycode_give_number(double number);
void __polycode_give_bytes(const char *text, __SIZE_TYPE__ count);
/* A text that ends with a byte of zero, or null. */
void __polycode_give_text(const char *text);
/* So many values at a place. */
void __polycode_give_list(const void *place, int kind, long long count);
/* What became of the places of C that the function may write to. */
void __polycode_give_changes(void);

#ifdef __cplusplus
}
#else

/* The kind of a type of C, and of the places of it. */
#define __POLYCODE_KINDS(type, kind)                                                                       \
    type: kind, type *: kind | __POLYCODE_LIST | __POLYCODE_CHANGES, const type *: kind | __POLYCODE_LIST
#define __POLYCODE_KIND(type)                                                                              \
    _Generic((type){0},                                                                                    \
        __POLYCODE_KINDS(_Bool, __POLYCODE_BOOLEAN),                                                       \
        __POLYCODE_KINDS(signed char, __POLYCODE_SIGNED),                                                  \
        __POLYCODE_KINDS(short, __POLYCODE_SHORT),                                                         \
        __POLYCODE_KINDS(int, __POLYCODE_INT),                                                             \
        __POLYCODE_KINDS(long, __POLYCODE_INT),                                                            \
        __POLYCODE_KINDS(long long, __POLYCODE_LONG_LONG),                                                 \
        __POLYCODE_KINDS(unsigned char, __POLYCODE_UNSIGNED),                                              \
        __POLYCODE_KINDS(unsigned short, __POLYCODE_UNSIGNED_SHORT),                                       \
        __POLYCODE_KINDS(unsigned, __POLYCODE_UNSIGNED_INT),                                               \
        __POLYCODE_KINDS(unsigned long, __POLYCODE_UNSIGNED_INT),                                          \
        __POLYCODE_KINDS(unsigned long long, __POLYCODE_UNSIGNED_LONG_LONG),                               \
        __POLYCODE_KINDS(float, __POLYCODE_FLOAT),                                                         \
        __POLYCODE_KINDS(double, __POLYCODE_DOUBLE),                                                       \
        __POLYCODE_KINDS(long double, __POLYCODE_LONG_DOUBLE),                                             \
        char: __POLYCODE_CHAR,                                                                             \
        char *: __POLYCODE_TEXT | __POLYCODE_CHANGES,                                                      \
        const char *: __POLYCODE_TEXT,                                                                     \
        char **: __POLYCODE_TEXT | __POLYCODE_LIST,                                                        \
        const char **: __POLYCODE_TEXT | __POLYCODE_LIST,                                                  \
        char *const *: __POLYCODE_TEXT | __POLYCODE_LIST,                                                  \
        const char *const *: __POLYCODE_TEXT | __POLYCODE_LIST,                                            \
        default: __POLYCODE_OTHER)

#define __POLYCODE_IS_INTEGER(kind) ((kind) >= __POLYCODE_INTEGER && (kind) <= __POLYCODE_UNSIGNED_LONG_LONG)

/* What a parameter of that type is given. */
#define __POLYCODE_TAKE(type, parameter)                                                                   \
    _Generic((type){0},                                                                                    \
        float: __polycode_take_floating,                                                                   \
        double: __polycode_take_floating,                                                                  \
        long double: __polycode_take_floating,                                                             \
        _Bool: __polycode_take_integer,                                                                    \
        char: __polycode_take_integer,                                                                     \
        signed char: __polycode_take_integer,                                                              \
        short: __polycode_take_integer,                                                                    \
        int: __polycode_take_integer,                                                                      \
        long: __polycode_take_integer,                                                                     \
        long long: __polycode_take_integer,                                                                \
        unsigned char: __polycode_take_integer,                                                            \
        unsigned short: __polycode_take_integer,                                                           \
        unsigned: __polycode_take_integer,                                                                 \
        unsigned long: __polycode_take_integer,                                                            \
        unsigned long long: __polycode_take_integer,                                                       \
        default: __polycode_take_pointer)(parameter, __POLYCODE_KIND(type))

/* Answers with a value of C. */
#define __POLYCODE_GIVE(value)                                                                             \
    _Generic((value),                                                                                      \
        _Bool: __polycode_give_bool,                                                                       \
        char: __polycode_give_char,                                                                        \
        float: __polycode_give_float,                                                                      \
        double: __polycode_give_number,                                                                    \
        long double: __polycode_give_number,                                                               \
        unsigned char: __polycode_give_unsigned,                                                           \
        unsigned short: __polycode_give_unsigned,                                                          \
        unsigned: __polycode_give_unsigned,                                                                \
        unsigned long: __polycode_give_unsigned,                                                           \
        unsigned long long: __polycode_give_unsigned,                                                      \
        char *: __polycode_give_text,                                                                      \
        const char *: __polycode_give_text,                                                                \
        default: __polycode_give_signed)(value)

/* Whether a place of that type can be told a length. */
#define __POLYCODE_COUNTS(type)                                                                            \
    (__POLYCODE_IS_INTEGER(__POLYCODE_KIND(type) & ~(__POLYCODE_LIST | __POLYCODE_CHANGES))                \
        && (__POLYCODE_KIND(type) & __POLYCODE_CHANGES) != 0)

#endif
