/* The program that is tested: it does what tests ask for on the line. */
#include "line.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct __polycode_value value;

/* What stands for the program and, from these numbers on, for its functions, classes and exceptions. */
enum { PROGRAM = 1, FUNCTIONS = 1 << 10, CLASSES = 1 << 20, EXCEPTIONS = 1 << 24 };

static const struct __polycode_program *program;
/* Where it goes on after a failure, and what was raised, as JSON. */
static jmp_buf *failing;
static const char *raised;
static int exceptions;
/* The class of each, from the first on; null where it is none of the program's. */
static const struct __polycode_class **kinds;
/* The exception that was raised last, as tests were told of it. */
static const char *last_raised;

static _Noreturn void refuse(const char *class, const char *format, ...)
{
    va_list parts;

    va_start(parts, format);
    __polycode_raise(class, format, parts);
}

static void give_number(const char *before, long number, const char *after)
{
    char text[24];

    snprintf(text, sizeof text, "%ld", number);
    __polycode_give(before);
    __polycode_give(text);
    __polycode_give(after);
}

static void give_bases(const struct __polycode_class *class);

/* What tests know of a function or a class of exceptions. */
static void give_class(const struct __polycode_class *class)
{
    give_number("{\"ref\":", CLASSES + (class - program->classes), ",\"kind\":\"error\",\"name\":");
    __polycode_give_text(class->name);
    give_bases(class);
    __polycode_give("}");
}

static void give_bases(const struct __polycode_class *class)
{
    __polycode_give(",\"bases\":[");
    for (long i = class - program->classes - 1; i >= 0; i--) {
        if (i < 64 && class->above >> i & 1) {
            give_class(program->classes + i);
            __polycode_give(",");
        }
    }
    if (strcmp(class->base, "Exception")) {
        __polycode_give_text(class->base);
        __polycode_give(",");
    }
    __polycode_give("\"Exception\"]");
}

static void give_function(const struct __polycode_offer *function)
{
    const char *separator = "";

    give_number("{\"ref\":", FUNCTIONS + (function - program->functions), ",\"kind\":\"function\",\"name\":");
    __polycode_give_text(function->name);
    __polycode_give(",\"php\":{\"changes\":[");
    for (int i = 0; i < 64; i++) {
        if (function->changes >> i & 1) {
            give_number(separator, i, "");
            separator = ",";
        }
    }
    __polycode_give("]}}");
}

/* Notes what is raised: a class, as JSON, and a text. */
static void note(size_t class, const struct __polycode_class *kind, const char *text, size_t count)
{
    const char *class_json = __polycode_taken(class);
    const struct __polycode_class **larger = realloc(kinds, sizeof *kinds * (size_t)(exceptions + 1));

    if (!larger)
        abort();
    kinds = larger;
    kinds[exceptions++] = kind;

    __polycode_give("{\"class\":");
    __polycode_give(class_json);
    __polycode_give(",\"args\":[");
    __polycode_give_bytes(text, count);
    __polycode_give("],\"text\":");
    __polycode_give_bytes(text, count);
    give_number(",\"of\":", EXCEPTIONS + exceptions, "}");
    raised = last_raised = __polycode_taken(class);
}

void __polycode_raise(const char *class, const char *format, va_list parts)
{
    static char words[1024];
    size_t part = __polycode_part();

    vsnprintf(words, sizeof words, format, parts);
    __polycode_give_text(class);
    note(part, NULL, words, strlen(words));
    longjmp(*failing, 1);
}

void __polycode_threw(const char *known, const char *type, const char *text, size_t count)
{
    const struct __polycode_class *class = program->classes;
    size_t part = __polycode_part();

    while (type && class->name && strcmp(class->type, type))
        class++;
    if (type && class->name)
        give_class(class);
    else
        __polycode_give_text(known);
    note(part, type && class->name ? class : NULL, text, count);
}

void __polycode_threw_value(size_t part)
{
    const char *thrown = __polycode_taken(part);

    __polycode_give("{\"thrown\":");
    __polycode_give(thrown);
    __polycode_give(",\"class\":\"Error\",\"args\":[],\"text\":");
    __polycode_give_text(thrown);
    __polycode_give("}");
    raised = __polycode_taken(part);
}

void __polycode_threw_theirs(int number)
{
    size_t part = __polycode_part();

    // One of the program's own comes back by its number.
    if (last_raised && number == EXCEPTIONS + exceptions) {
        raised = last_raised;
        return;
    }
    give_number("{\"yours\":", number, "}");
    raised = __polycode_taken(part);
}

/* Whether something was done without anything being raised. */
static _Bool is_done(void (*action)(const void *), const void *with)
{
    jmp_buf here, *outer = failing;

    failing = &here;
    raised = NULL;
    if (!setjmp(here))
        action(with);
    failing = outer;
    return !raised;
}

static void perform(const void *request);

/* Does what tests ask for, and answers. */
static void serve(const value *request)
{
    struct __polycode_call outer = __polycode_call;
    size_t part = __polycode_part();

    __polycode_call = (struct __polycode_call){ 0 };
    if (!is_done(perform, request)) {
        __polycode_taken(part);
        __polycode_give("{\"raised\":");
        __polycode_give(raised);
        __polycode_give("}");
        raised = NULL;
    }
    __polycode_send(part);
    __polycode_call = outer;
}

/* The one that is called a name at the top of the program: a row of a list, or its end. */
#define FIND(list, wanted) \
    ({ \
        __typeof__(&*(list)) row = (list); \
        while (row->name && strcmp(row->name, (wanted))) \
            row++; \
        row; \
    })

static _Bool is_program(const value *of)
{
    return of->type == __POLYCODE_OWN && of->count == PROGRAM;
}

static _Noreturn void absent(const value *of, const char *name)
{
    refuse("AttributeError", "%s has no '%s'", is_program(of) ? "the program" : "what is not an object of the program", name);
}

static _Bool has(const value *of, const char *name)
{
    return is_program(of)
        && (FIND(program->functions, name)->name || FIND(program->variables, name)->name || FIND(program->classes, name)->name);
}

static void get(const value *of, const char *name)
{
    if (!has(of, name))
        absent(of, name);
    const struct __polycode_offer *function = FIND(program->functions, name);
    const struct __polycode_variable *variable = FIND(program->variables, name);
    const struct __polycode_class *class = FIND(program->classes, name);
    __polycode_call.name = name;
    if (function->name)
        give_function(function);
    else if (variable->name)
        program->guard(variable->get);
    else if (class->type)
        give_class(class);
    else
        refuse("TypeError", "%s is a class of %s, which tests can't use", name, program->language);
}

static void set(const value *request)
{
    const value *of = __polycode_member(request, "of");
    const char *name = __polycode_member(request, "name")->text;
    const struct __polycode_variable *variable = FIND(program->variables, name);

    if (!is_program(of) || !variable->name)
        absent(of, name);
    if (!variable->set)
        refuse("TypeError", "%s can't be set", name);
    // A variable takes its value as the only parameter of a function would.
    value *given = __polycode_room(sizeof *given);
    value *item = __polycode_room(sizeof *item);
    *item = *__polycode_member(request, "value");
    item->next = NULL;
    *given = (value){ .type = __POLYCODE_ARRAY, .count = 1, .first = item };
    __polycode_call.name = name;
    __polycode_call.given = given;
    static const unsigned char kinds[] = { __POLYCODE_OTHER };
    __polycode_parameters(kinds, 1);
    program->guard(variable->set);
}

const value *__polycode_given(void)
{
    return __polycode_argument(0);
}

void __polycode_offered(const char *const *types)
{
    __polycode_call.types = types;
}

void __polycode_made(void)
{
    __polycode_call.is_made = 1;
    __polycode_call.parameter = 0;
}

void __polycode_refuse(int parameter)
{
    const char *name = __polycode_call.name, *type = __polycode_call.types[parameter];

    if (parameter)
        refuse("TypeError", "parameter %d of %s is of the type '%s', which tests can't give", parameter, name, type);
    const char *is = __polycode_call.given ? "returns" : "is of";
    refuse("TypeError", "%s %s the type '%s', which tests can't be given", name, is, type);
}

static void call_it(const void *function)
{
    program->guard(((const struct __polycode_offer *)function)->call);
}

/* Calls the first of the functions of that name that takes the arguments. */
static void call(const value *request)
{
    const value *of = __polycode_member(request, "of"), *named = __polycode_find(request, "named");
    size_t part = __polycode_part();
    long number = (long)of->count - FUNCTIONS, count = 0;

    while (program->functions[count].name)
        count++;
    if (of->type != __POLYCODE_OWN || number < 0 || number >= count)
        refuse("TypeError", "only functions of a program in %s can be called", program->language);
    if (named && named->count)
        refuse("TypeError", "functions of %s have no arguments with names", program->language);
    const struct __polycode_offer *first = program->functions + number;
    for (const struct __polycode_offer *function = first;; function++) {
        __polycode_call = (struct __polycode_call){ .name = first->name, .given = __polycode_member(request, "args") };
        if (is_done(call_it, function))
            break;
        _Bool is_last = !function[1].name || strcmp(function[1].name, first->name);
        if (__polycode_call.is_made || is_last)
            longjmp(*failing, 1);
        __polycode_taken(part);
    }
    if (__polycode_call.changed)
        __polycode_give("]");
}

/* Whether what was raised is of a class. */
static _Bool is_instance(const value *raised_before, const value *of)
{
    long number = (long)raised_before->count - EXCEPTIONS - 1, wanted = (long)of->count - CLASSES;

    if (raised_before->type != __POLYCODE_OWN || of->type != __POLYCODE_OWN || number < 0 || number >= exceptions || !kinds[number])
        return 0;
    long kind = kinds[number] - program->classes;
    return kind == wanted || (wanted >= 0 && wanted < 64 && kinds[number]->above >> wanted & 1);
}

static void apply(const value *request)
{
    const char *name = __polycode_member(request, "name")->text;
    const value *args = __polycode_member(request, "args"), *first = args->first, *other = first ? first->next : NULL;

    if (!strcmp(name, "has") && other && other->type == __POLYCODE_STRING)
        __polycode_give_bool(has(first, other->text));
    else if (!strcmp(name, "isinstance") && other)
        __polycode_give_bool(is_instance(first, other));
    else if (!strcmp(name, "eq") && other)
        __polycode_give_bool(first->type == __POLYCODE_OWN && other->type == __POLYCODE_OWN && first->count == other->count);
    else if (!strcmp(name, "bool"))
        __polycode_give_bool(1);
    else if (!strcmp(name, "str") || !strcmp(name, "repr"))
        __polycode_give_text(first && is_program(first) ? "a program" : "a function of a program");
    else
        refuse("TypeError", "there is no %s of what is in a program in %s", name, program->language);
}

static void names(void)
{
    const char *separator = "[", *last = "";

#define GIVE_NAMES(list)                                                                                   \
    for (__typeof__(&*(list)) row = (list); row->name; row++) {                                            \
        if (!strcmp(row->name, last))                                                                      \
            continue;                                                                                      \
        __polycode_give(separator);                                                                        \
        __polycode_give_text(row->name);                                                                   \
        separator = ",";                                                                                   \
        last = row->name;                                                                                  \
    }
    GIVE_NAMES(program->functions)
    GIVE_NAMES(program->variables)
    GIVE_NAMES(program->classes)
    __polycode_give(*separator == '[' ? "[]" : "]");
}

/* All files of a program have one top level. */
static void load(const char *name)
{
    while (!strncmp(name, "./", 2))
        name += 2;
    for (const char *const *file = program->files; *file; file++) {
        if (!strcmp(*file, name)) {
            give_number("{\"ref\":", PROGRAM, ",\"kind\":\"object\",\"name\":\"program\"}");
            return;
        }
    }
    refuse("ImportError", "the program has no file %s", name);
}

static void perform(const void *asked)
{
    const value *request = asked;
    const char *what = __polycode_member(request, "do")->text;

    __polycode_give("{\"value\":");
    if (!strcmp(what, "load")) {
        load(__polycode_member(request, "name")->text);
    } else if (!strcmp(what, "get")) {
        get(__polycode_member(request, "of"), __polycode_member(request, "name")->text);
        if (raised)
            longjmp(*failing, 1);
    } else if (!strcmp(what, "set")) {
        set(request);
        if (raised)
            longjmp(*failing, 1);
        __polycode_give("null");
    } else if (!strcmp(what, "call")) {
        call(request);
    } else if (!strcmp(what, "names")) {
        names();
    } else if (!strcmp(what, "printed")) {
        program->flush();
        __polycode_give_printed();
    } else {
        apply(request);
    }
    __polycode_give("}");
}

int __polycode_take_function(const value *from)
{
    if (from->type != __POLYCODE_FUNCTION)
        __polycode_wrong_type(from, "a function");
    return (int)from->count;
}

size_t __polycode_ask(int function)
{
    size_t part = __polycode_part();

    give_number("{\"do\":\"call\",\"of\":{\"yours\":", function, "},\"args\":[");
    return part;
}

/* The number of what a function of the tests raised. A value that is no exception is raised as one of the program's. */
static int number_of(const value *thrown)
{
    const value *of = __polycode_find(thrown, "of"), *text = __polycode_find(thrown, "text");
    const _Bool is_text = text && text->type == __POLYCODE_STRING;

    if (thrown->type == __POLYCODE_OWN)
        return (int)thrown->count;
    if (of)
        return (int)strtol(of->text, NULL, 10);
    size_t part = __polycode_part();
    __polycode_give_text("Exception");
    note(part, NULL, is_text ? text->text : "", is_text ? text->count : 0);
    raised = NULL;
    return EXCEPTIONS + exceptions;
}

const value *__polycode_asked(size_t part, int *number)
{
    __polycode_give("]}");
    __polycode_send(part);
    for (;;) {
        const value *answer = __polycode_receive();
        if (!answer)
            exit(0);
        const value *thrown = __polycode_find(answer, "raised");
        if (thrown) {
            *number = number_of(thrown);
            return NULL;
        }
        if (!__polycode_find(answer, "do"))
            return __polycode_member(answer, "value");
        serve(answer);
    }
}

const value *__polycode_asked_or_left(size_t part)
{
    int number;
    const value *answer = __polycode_asked(part, &number);

    if (!answer) {
        __polycode_threw_theirs(number);
        longjmp(*failing, 1);
    }
    return answer;
}

void __polycode_guard(void (*action)(void))
{
    action();
}

void __polycode_flush(void)
{
    fflush(stdout);
}

int __polycode_serve(const struct __polycode_program *of)
{
    const value *request;

    program = of;
    __polycode_connect();
    while ((request = __polycode_receive())) {
        serve(request);
        last_raised = NULL;
        __polycode_give_back();
    }
    return 0;
}
