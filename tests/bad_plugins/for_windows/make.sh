#!/bin/sh
# The first bytes of a library for Windows: whole ones are in ../dlls_test.cpp. $2: what to make.
printf 'MZ\220\000' > "$2"
