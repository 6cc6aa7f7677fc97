/* ES modules: the prelude decides what a name means, this makes a module of it. Included by
 * main.c. */

/* Objects whose properties a synthetic module exports, by module name. */
static JSValue synthetic;

static char *normalize_name(JSContext *ctx, const char *base, const char *name, void *opaque)
{
    JSValue args[] = { JS_NewString(ctx, base), JS_NewString(ctx, name) };
    JSValue path = call_hook("resolve", 2, (JSValueConst *)args);
    const char *text;
    char *copy = NULL;

    JS_FreeValue(ctx, args[0]);
    JS_FreeValue(ctx, args[1]);
    if (JS_IsException(path))
        return NULL;
    text = JS_ToCString(ctx, path);
    if (text)
        copy = js_strdup(ctx, text);
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, path);
    return copy;
}

static int fill_synthetic(JSContext *ctx, JSModuleDef *module)
{
    JSAtom name = JS_GetModuleName(ctx, module);
    JSValue object = JS_GetProperty(ctx, synthetic, name);
    JSPropertyEnum *keys = NULL;
    uint32_t count = 0;

    JS_FreeAtom(ctx, name);
    if (JS_GetOwnPropertyNames(ctx, &keys, &count, object, JS_GPN_STRING_MASK) < 0)
        return -1;
    for (uint32_t i = 0; i < count; i++) {
        const char *key = JS_AtomToCString(ctx, keys[i].atom);
        if (key)
            JS_SetModuleExport(ctx, module, key, JS_GetProperty(ctx, object, keys[i].atom));
        JS_FreeCString(ctx, key);
    }
    JS_FreePropertyEnum(ctx, keys, count);
    JS_FreeValue(ctx, object);
    return 0;
}

/* A module that exports the own properties of `object`. */
static JSModuleDef *make_synthetic(JSContext *ctx, const char *name, JSValueConst object)
{
    JSPropertyEnum *keys = NULL;
    uint32_t count = 0;
    JSModuleDef *module = JS_NewCModule(ctx, name, fill_synthetic);

    if (!module)
        return NULL;
    JS_SetPropertyStr(ctx, synthetic, name, JS_DupValue(ctx, object));
    if (JS_GetOwnPropertyNames(ctx, &keys, &count, object, JS_GPN_STRING_MASK) < 0)
        return NULL;
    for (uint32_t i = 0; i < count; i++) {
        const char *key = JS_AtomToCString(ctx, keys[i].atom);
        if (key)
            JS_AddModuleExport(ctx, module, key);
        JS_FreeCString(ctx, key);
    }
    JS_FreePropertyEnum(ctx, keys, count);
    return module;
}

static JSValue compile_module(JSContext *ctx, const char *source, size_t length, const char *name)
{
    return JS_Eval(ctx, source, length, name, JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
}

/* Loads what the prelude's `load` gives: a source text, or an object to export. */
static JSModuleDef *load_module(JSContext *ctx, const char *name, void *opaque,
                                JSValueConst attributes)
{
    JSValue arg = JS_NewString(ctx, name);
    JSValue loaded = call_hook("load", 1, (JSValueConst *)&arg);
    JSModuleDef *module = NULL;

    JS_FreeValue(ctx, arg);
    if (JS_IsException(loaded))
        return NULL;
    if (JS_IsString(loaded)) {
        size_t length;
        const char *source = JS_ToCStringLen(ctx, &length, loaded);
        JSValue compiled = source ? compile_module(ctx, source, length, name) : JS_EXCEPTION;
        JS_FreeCString(ctx, source);
        if (!JS_IsException(compiled)) {
            JSValue meta;
            module = JS_VALUE_GET_PTR(compiled);
            meta = JS_GetImportMeta(ctx, module);
            arg = JS_NewString(ctx, name);
            JS_FreeValue(ctx, call_hook("fillMeta", 2, (JSValueConst[]){ meta, arg }));
            JS_FreeValue(ctx, arg);
            JS_FreeValue(ctx, meta);
            JS_FreeValue(ctx, compiled);
        }
    } else {
        module = make_synthetic(ctx, name, loaded);
    }
    JS_FreeValue(ctx, loaded);
    return module;
}

/* checkModule(source, name): throws if it can't be compiled; its imports go through `load`. */
static JSValue native_check_module(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    size_t length;
    const char *source = JS_ToCStringLen(ctx, &length, argv[0]);
    const char *name = JS_ToCString(ctx, argv[1]);
    JSValue result = JS_EXCEPTION;

    if (source && name)
        result = compile_module(ctx, source, length, name);
    JS_FreeCString(ctx, name);
    JS_FreeCString(ctx, source);
    if (JS_IsException(result))
        return result;
    /* It must not be found by its name later. */
    js_free_module_def(ctx, JS_VALUE_GET_PTR(result));
    return JS_UNDEFINED;
}

static void add_module_functions(void)
{
    static const JSCFunctionListEntry functions[] = {
        JS_CFUNC_DEF("checkModule", 2, native_check_module),
    };

    add_functions(functions, countof(functions));
    synthetic = JS_NewObject(context);
    JS_SetModuleLoaderFunc2(runtime, normalize_name, load_module, NULL, NULL);
}
