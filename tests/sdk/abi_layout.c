/* The boundary's structs as C sees them, for abi_layout_test.cpp, which holds the golden offsets. */
#include <penstock/abi.h>
#include <stddef.h>

struct layout {
  const char* name;
  size_t offset;
};

#define SIZE(type) {"sizeof " #type, sizeof(type)},
#define AT(type, member) {#type "." #member, offsetof(type, member)},

const struct layout penstock_layout_in_c[] = {
#include "abi_layout.inc"
    {NULL, 0}};
