/** The version of the boundary, and what may change within it.
 *
 *  Within major version 1: `penstock_batch`, `penstock_rejection` and `penstock_host` carry their size first and only
 *  grow at the end; `penstock_value`, `penstock_column` and `penstock_method`, of which there are arrays, never grow; a
 *  method never changes its signature, a new one gets a new name; labels of the manifest are only added. */
#ifndef PENSTOCK_ABI_VERSION_H
#define PENSTOCK_ABI_VERSION_H

#include <assert.h> /* static_assert in C11 */

/** What `penstock_host.abi` holds: the major version. The minor one shows in the sizes of the structs. */
#define PENSTOCK_ABI_VERSION 1

/** What the `sdk` label of a manifest and the version of an interface say. */
#define PENSTOCK_ABI_VERSION_TEXT "1.0"

static_assert(sizeof(void*) == 8, "Penstock's boundary is defined for 64-bit platforms");

#endif
