/** The C boundary between Penstock and its plugins, version 1.0: the one include of a C author.
 *
 *  A plugin is a shared library. Each type in it exports two symbols (abi/export.h): a manifest, which the host reads
 *  without loading the library, and a table of methods. A type needs three methods: `create`, `destroy` and the one of
 *  its interface. C11 and C++; the standard library is all it needs. */
#ifndef PENSTOCK_ABI_H
#define PENSTOCK_ABI_H

#include <penstock/abi/arrow.h>
#include <penstock/abi/batch.h>
#include <penstock/abi/export.h>
#include <penstock/abi/host.h>
#include <penstock/abi/interface.h>
#include <penstock/abi/manifest.h>
#include <penstock/abi/status.h>
#include <penstock/abi/type.h>
#include <penstock/abi/version.h>

#endif
