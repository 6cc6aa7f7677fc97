// Around `main`: an exception that nobody caught is told before the program ends.
//
// An exception of WebAssembly leaves a program without asking whether anybody will catch it, so
// `std::terminate` would not be called. `--wrap=__main_void` puts this in between.

#include <exception>

extern "C" int __real___main_void(void);

extern "C" int __wrap___main_void(void) {
    try {
        return __real___main_void();
    } catch (...) {
        std::terminate();
    }
}
