/* Included before every file of Lua. Finding who catches an exception of WebAssembly takes the
 * machine far longer than the few instructions that fuel counts, so each is charged for. */
#include <setjmp.h>

void charge_throw(void);

#define longjmp(buffer, value) (charge_throw(), (longjmp)(buffer, value))
