/* The line to tests. */
#pragma once

#include "inside.h"

void __polycode_connect(void);
/* The next message; null when tests have ended. */
const struct __polycode_value *__polycode_receive(void);
/* Sends the answer from this part on. */
void __polycode_send(size_t part);
/* Answers with what the program has printed since this was last asked. */
void __polycode_give_printed(void);
