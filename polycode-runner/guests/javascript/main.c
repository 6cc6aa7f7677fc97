/* The JavaScript guest: QuickJS-NG with a small host of ours around it.
 *
 * It is a WASI reactor. `init` builds the engine and evaluates the prelude, after which the
 * whole memory is taken as a snapshot; a run starts from that snapshot and calls `turn`, which
 * reads /run/request.json. The engine is included rather than linked because it gives no other
 * way to bound its stack on WASI and to seed its random numbers.
 */
#include "quickjs.c"

#include <errno.h>
#include <unistd.h>

static JSRuntime *runtime;
static JSContext *context;
/* What the natives are called by, and what the prelude leaves in it for the C side. */
static JSValue native;
/* What the parts of the prelude share. */
static JSValue lib;

#define EXPORT(name) __attribute__((export_name(name), used))

/* The engine's C stack, in bytes of linear memory. Each level of JavaScript also uses the
 * stack of the WebAssembly machine, which is larger than this bound can use up. */
#ifndef MAX_STACK
#define MAX_STACK (3400 * 1024)
#endif

/* Bytes that a program may allocate before garbage is first looked for. */
#define FREE_BEFORE_GC (4 * 1024 * 1024)

static JSValue throw_errno(JSContext *ctx, int number)
{
    JSValue error = JS_NewError(ctx);
    JS_DefinePropertyValueStr(ctx, error, "errno", JS_NewInt32(ctx, number), JS_PROP_C_W_E);
    return JS_Throw(ctx, error);
}

#include "engine.c"
#include "files.c"
#include "modules.c"

struct part {
    const char *name;
    const char *start;
    size_t length;
};

static const char errors_js[] = {
#embed "prelude/errors.js" suffix(, 0)
};
static const char inspect_js[] = {
#embed "prelude/inspect.js" suffix(, 0)
};
static const char classes_js[] = {
#embed "prelude/classes.js" suffix(, 0)
};
static const char format_js[] = {
#embed "prelude/format.js" suffix(, 0)
};
static const char console_js[] = {
#embed "prelude/console.js" suffix(, 0)
};
static const char events_js[] = {
#embed "prelude/events.js" suffix(, 0)
};
static const char buffer_js[] = {
#embed "prelude/buffer.js" suffix(, 0)
};
static const char clone_js[] = {
#embed "prelude/clone.js" suffix(, 0)
};
static const char locale_js[] = {
#embed "prelude/locale.js" suffix(, 0)
};
static const char loop_js[] = {
#embed "prelude/loop.js" suffix(, 0)
};
static const char path_js[] = {
#embed "prelude/path.js" suffix(, 0)
};
static const char process_js[] = {
#embed "prelude/process.js" suffix(, 0)
};
static const char fs_js[] = {
#embed "prelude/fs.js" suffix(, 0)
};
static const char assert_js[] = {
#embed "prelude/assert.js" suffix(, 0)
};
static const char readline_js[] = {
#embed "prelude/readline.js" suffix(, 0)
};
static const char util_js[] = {
#embed "prelude/util.js" suffix(, 0)
};
static const char modules_js[] = {
#embed "prelude/modules.js" suffix(, 0)
};
static const char main_js[] = {
#embed "prelude/main.js" suffix(, 0)
};

#define PRELUDE(name) { "polycode:" #name, name##_js, sizeof(name##_js) - 1 }

static const struct part prelude[] = {
    PRELUDE(errors),  PRELUDE(inspect), PRELUDE(classes), PRELUDE(format),   PRELUDE(console),
    PRELUDE(events),  PRELUDE(buffer),  PRELUDE(clone),   PRELUDE(locale),   PRELUDE(loop),
    PRELUDE(path),    PRELUDE(process), PRELUDE(fs),      PRELUDE(assert),   PRELUDE(readline),
    PRELUDE(util),    PRELUDE(modules), PRELUDE(main),
};

/* Writes a pending exception to standard error: the last resort, when the prelude can't. */
static void print_exception(void)
{
    JSValue error = JS_GetException(context);
    const char *text = JS_ToCString(context, error);
    if (text) {
        write_bytes(2, (const uint8_t *)text, strlen(text));
        write_bytes(2, (const uint8_t *)"\n", 1);
        JS_FreeCString(context, text);
    }
    JS_FreeValue(context, error);
}

static void fail(void)
{
    print_exception();
    _exit(1);
}

/* Evaluates one part of the prelude, `(function (native, lib) { … })`, and calls it. */
static void load_part(const struct part *part)
{
    JSValueConst args[] = { native, lib };
    JSValue function = JS_Eval(context, part->start, part->length, part->name, JS_EVAL_TYPE_GLOBAL);
    JSValue result;

    if (JS_IsException(function))
        fail();
    result = JS_Call(context, function, JS_UNDEFINED, countof(args), args);
    if (JS_IsException(result))
        fail();
    JS_FreeValue(context, result);
    JS_FreeValue(context, function);
}

/* What was loaded so far is not garbage: no run should look through it soon. */
static void settle(void)
{
    JS_RunGC(runtime);
    JS_SetGCThreshold(runtime, runtime->malloc_state.malloc_size + FREE_BEFORE_GC);
}

EXPORT("init") void guest_init(void)
{
    runtime = JS_NewRuntime();
    if (!runtime)
        _exit(1);
    context = JS_NewContext(runtime);
    if (!context)
        _exit(1);
    /* `turn` starts from about the same stack pointer as `init`. */
    runtime->stack_limit = js_get_stack_pointer() - MAX_STACK;
    native = JS_NewObject(context);
    add_engine_functions();
    add_file_functions();
    add_module_functions();
    lib = JS_NewObject(context);
    for (size_t i = 0; i < countof(prelude); i++)
        load_part(&prelude[i]);
    settle();
}

EXPORT("host_alloc") void *host_alloc(size_t length)
{
    return malloc(length ? length : 1);
}

/* Adds a part to the prelude, for a snapshot that can do more. */
static void extend(const char *text, size_t length)
{
    /* The engine wants a text that ends with a zero. */
    char *copy = malloc(length + 1);
    struct part part = { "polycode:extension", copy, length };

    if (!copy)
        _exit(1);
    memcpy(copy, text, length);
    copy[length] = 0;
    load_part(&part);
    free(copy);
    settle();
}

/* Runs what /run/request.json asks for. A text is a part that the prelude is to have before. */
EXPORT("turn") int turn(const char *text, size_t length)
{
    uint64_t seed = 0;
    JSValue result;
    int32_t code = 1;

    if (length > 0) {
        extend(text, length);
        return 0;
    }
    if (getentropy(&seed, sizeof(seed)) == 0 && seed != 0)
        context->random_state = seed;
    result = call_hook("start", 0, NULL);
    if (JS_IsException(result) || JS_ToInt32(context, &code, result) < 0) {
        print_exception();
        return 1;
    }
    JS_FreeValue(context, result);
    if (code != 0)
        _exit(code);
    return 0;
}
