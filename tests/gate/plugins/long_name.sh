#!/bin/sh
# A type with a name of a million bytes. $1: a compiler, $2: what to make.
name=$(head -c 1000000 /dev/zero | tr '\0' a)
"$1" -shared -fPIC -x c -o "$2" - <<END
const char penstock_type_$name[] = "penstock:1\tname:$name\tinterface:Stage 1.0\tsdk:1.0\n";
const void* const penstock_methods_$name[2] = {0, 0};
END
